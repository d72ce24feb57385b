"""The files a host needs so that nights come by themselves: systemd, cron, logrotate."""
