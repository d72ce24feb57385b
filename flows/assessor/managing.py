"""The managerial controls, GB/T 22239-2019, 8.1.6 to 8.1.10."""

from flows.assessor.control import Area, Control, Whose, sites

_RULES = "制度由使用单位制定;规则手册和本页可作附件"
_PEOPLE = "由使用单位负责;角色分工见 docs/generated/roles.md"
_BUILDING = "由使用单位负责"

MANAGING = (
    Area(
        clause="8.1.6",
        title="安全管理制度",
        controls=sites(_RULES, "安全策略", "管理制度", "制定和发布", "评审和修订"),
    ),
    Area(
        clause="8.1.7",
        title="安全管理机构",
        controls=sites(_PEOPLE, "岗位设置", "人员配备", "授权和审批", "沟通和合作", "审核和检查"),
    ),
    Area(
        clause="8.1.8",
        title="安全管理人员",
        controls=sites(_PEOPLE, "人员录用", "人员离岗", "安全意识教育和培训", "外部人员访问管理"),
    ),
    Area(
        clause="8.1.9",
        title="安全建设管理",
        controls=(
            *sites(_BUILDING, "定级和备案", "安全方案设计"),
            Control(
                name="产品采购和使用",
                whose=Whose.SHARED,
                how="所用软件包逐个锁定版本和哈希,附物料清单、漏洞和许可证检查(make audit);密码产品由使用单位采购",
                shown=("supply/audit.py", "docs/generated/licences.md"),
            ),
            Control(
                name="自行软件开发",
                whose=Whose.OURS,
                how="开发与运行分开,演示和测试只用虚构数据;结构规则、类型和测试在合并前强制执行(make check)",
                shown=("docs/architecture.md", "tests/architecture/test_house.py", "flows/demo.py"),
            ),
            *sites(_BUILDING, "外包软件开发", "工程实施"),
            Control(
                name="测试验收",
                whose=Whose.SHARED,
                how="测试随源码交付,可在断网主机上重跑;上线前安全测试由使用单位组织",
                shown=("Makefile",),
            ),
            Control(
                name="系统交付",
                whose=Whose.SHARED,
                how="源码、说明、物料清单和离线安装包一并交付",
                shown=("docs/guides/assessor.md", "tests/supply/test_offline.py"),
            ),
            *sites(_BUILDING, "等级测评", "服务供应商选择"),
        ),
    ),
    Area(
        clause="8.1.10",
        title="安全运维管理",
        controls=(
            *sites(_BUILDING, "环境管理", "资产管理", "介质管理", "设备维护管理"),
            Control(
                name="漏洞和风险管理",
                whose=Whose.SHARED,
                how="make audit 对照漏洞库检查;够不到漏洞库时写“未检查”,不写“无漏洞”。修补由使用单位安排",
                shown=("supply/vulnerabilities.py", "tests/supply/test_audit.py"),
            ),
            *sites(_BUILDING, "网络和系统安全管理", "恶意代码防范管理"),
            Control(
                name="配置管理",
                whose=Whose.OURS,
                how="设置和政策的指纹写进每夜的输入清单,同样的输入得到同样的结果",
                shown=("flows/inputs.py", "tests/night/test_same_bytes.py"),
            ),
            Control(
                name="密码管理",
                whose=Whose.NOT_COVERED,
                how="使用国际算法,未使用经认证的国密产品,见下文",
            ),
            Control(
                name="变更管理",
                whose=Whose.SHARED,
                how="阈值变更先试算影响再生效;版本变更逐条写明影响谁",
                shown=("CHANGELOG.md", "flows/planning/command.py"),
                commands=("plan",),
            ),
            Control(
                name="备份与恢复管理",
                whose=Whose.SHARED,
                how="备份和恢复各一条命令;周期、介质、异地由使用单位规定",
                commands=("backup", "restore"),
            ),
            Control(
                name="安全事件处置",
                whose=Whose.SHARED,
                how="异常、迟到、拒收和中断都有一行说明,并可告警;报告流程由使用单位制定",
                shown=("flows/alerts/alert.py", "docs/guides/engineer.md"),
                commands=("alert send", "heartbeat check"),
            ),
            *sites(_BUILDING, "应急预案管理", "外包运维管理"),
        ),
    ),
)
