"""How good the night's linkage is, in the order of the GUILD guidance for linked data.

R. Gilbert et al., GUILD: GUidance for Information about Linking Data sets, J. Public Health 40 (2018)
191-198: what was linked, with which identifiers of what quality, by which method and thresholds, how
much was linked for whom, and how many errors that leaves. `quality.linkage_quality` counts,
`lines.ten_lines` says it in ten lines, flows/publish/linkage_page.py prints it. No value of a row
leaves this room.
"""
