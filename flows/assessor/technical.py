"""The technical controls, GB/T 22239-2019, 8.1.1 to 8.1.5."""

from flows.assessor.control import Area, Control, Whose, sites
from flows.desk.attempts import MOST_WRONG, SHUT_SECONDS
from flows.desk.sessions import IDLE_SECONDS

_BUILDING = "机房和供电由使用单位负责"
_NETWORK = "网络、边界设备由使用单位负责;本系统只需一台不联网的主机"

COMPUTING = Area(
    clause="8.1.4",
    title="安全计算环境",
    controls=(
        Control(
            name="身份鉴别",
            whose=Whose.SHARED,
            how="工作台:账号唯一,口令只存 argon2id 摘要,第二因素为动态口令;"
            f"连错 {MOST_WRONG} 次锁 {SHUT_SECONDS // 60} 分钟,闲置 {IDLE_SECONDS // 60} 分钟退出。"
            "第二因素用 HMAC-SHA-1 动态口令,不是经认证的密码产品。命令行按操作系统账号认人,口令和锁定由使用单位在主机上配置",
            shown=(
                "flows/desk/accounts.py",
                "flows/desk/attempts.py",
                "flows/desk/sessions.py",
                "flows/access/people.py",
            ),
        ),
        Control(
            name="访问控制",
            whose=Whose.SHARED,
            how="角色、命令、数据列三者的对照写在一张表里,表外的一律拒绝;运维员看不到任何一行数据。"
            "操作系统账号分设由使用单位完成,root 仍可读主机上的一切",
            shown=("flows/access/roles.py", "flows/access/commands.py", "docs/generated/roles.md"),
        ),
        Control(
            name="安全审计",
            whose=Whose.SHARED,
            how="谁在何时做了什么、导出了哪个文件及其哈希,逐条成链;链首印在晨报上,改、删、插、换序、截尾可查出。"
            "日志留存 180 天以上由使用单位备份",
            shown=("flows/audit/trail.py", "flows/audit/anchors.py", "flows/audit/verifying.py"),
            commands=("audit verify", "audit show"),
        ),
        Control(
            name="入侵防范",
            whose=Whose.SHARED,
            how="送来的文件先查后读(压缩炸弹、宏、公式、超长字段);每夜不对外连接。主机最小安装和补丁由使用单位负责",
            shown=(
                "tests/receive/test_receive_hostile.py",
                "tests/privacy/watching/sitecustomize.py",
            ),
        ),
        Control(
            name="恶意代码防范",
            whose=Whose.SITE,
            how="主机防病毒由使用单位负责;本系统不执行送来文件中的任何内容",
        ),
        Control(
            name="可信验证",
            whose=Whose.NOT_COVERED,
            how="没有基于可信根的启动验证;安装包逐个核对哈希",
            shown=("supply/pinning.py",),
        ),
        Control(
            name="数据完整性",
            whose=Whose.OURS,
            how="每批文件以 sha256 为名,写入先成后换,发布内容的哈希写入台账;台账只增不改",
            shown=("flows/files.py", "flows/ledger.py", "tests/night/test_kill.py"),
        ),
        Control(
            name="数据保密性",
            whose=Whose.SHARED,
            how="配置密钥后,数据库、台账、归档、隔离文件和临时溢出文件加密存放(AES);不配置则不加密,由自检指出。"
            "传输由使用单位保证。未使用国密算法,见下文",
            shown=(
                "flows/sealing/container.py",
                "flows/sealing/databases.py",
                "flows/sealing/drill.py",
            ),
            commands=("keys seal", "keys drill"),
        ),
        Control(
            name="数据备份恢复",
            whose=Whose.SHARED,
            how="备份和恢复各一条命令,另有演练:恢复、重建、逐表比较;异地存放和热冗余由使用单位负责",
            shown=(
                "flows/backup/making.py",
                "flows/rebuild/rebuilding.py",
                "tests/backup/test_backup.py",
            ),
            commands=("backup", "restore", "rebuild"),
        ),
        Control(
            name="剩余信息保护",
            whose=Whose.SHARED,
            how="可按人删除,归档重写、留下哈希和凭据;磁盘释放前的清除由使用单位负责",
            shown=(
                "flows/erasure/erasing.py",
                "flows/retention/due.py",
                "tests/erase/test_erase.py",
            ),
            commands=("erase", "retention"),
        ),
        Control(
            name="个人信息保护",
            whose=Whose.OURS,
            how="合同只列必需的列,其余不读;号码、姓名、电话、住址单独存放;日志、报错、告警不含任何一行的值;"
            "对外统计隐去小数",
            shown=(
                "docs/generated/pia.md",
                "tests/privacy/test_identity_stands_apart.py",
                "tests/privacy/test_nothing_repeats_a_value.py",
                "flows/statistics/protecting.py",
            ),
        ),
    ),
)

TECHNICAL = (
    Area(
        clause="8.1.1",
        title="安全物理环境",
        controls=sites(
            _BUILDING,
            *("物理位置选择", "物理访问控制", "防盗窃和防破坏", "防雷击", "防火"),
            *("防水和防潮", "防静电", "温湿度控制", "电力供应", "电磁防护"),
        ),
    ),
    Area(
        clause="8.1.2",
        title="安全通信网络",
        controls=sites(_NETWORK, "网络架构", "通信传输", "可信验证"),
    ),
    Area(
        clause="8.1.3",
        title="安全区域边界",
        controls=sites(
            _NETWORK,
            *("边界防护", "访问控制", "入侵防范", "恶意代码和垃圾邮件防范", "安全审计", "可信验证"),
        ),
    ),
    COMPUTING,
    Area(
        clause="8.1.5",
        title="安全管理中心",
        controls=(
            Control(
                name="系统管理",
                whose=Whose.SHARED,
                how="运维员只能运行、看状态和自检;主机管理由使用单位负责",
                shown=("flows/access/commands.py",),
                commands=("doctor", "status"),
            ),
            Control(
                name="审计管理",
                whose=Whose.SHARED,
                how="审计员查看并核对审计链,看不到数据行;留存由使用单位负责",
                shown=("flows/audit/command.py",),
                commands=("audit verify", "audit show"),
            ),
            Control(
                name="安全管理",
                whose=Whose.SHARED,
                how="管理员管密钥,看不到数据行;主体、客体标记和授权见角色表",
                shown=("flows/access/roles.py",),
                commands=("keys rotate",),
            ),
            Control(
                name="集中管控",
                whose=Whose.SITE,
                how="本系统可把告警(不含个人信息)发到指定的地址;集中监测、日志汇总由使用单位负责",
                shown=("flows/alerts/alert.py",),
                commands=("alert send",),
            ),
        ),
    ),
)
