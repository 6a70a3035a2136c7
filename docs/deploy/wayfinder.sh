#!/bin/sh
# /usr/local/bin/wayfinder, mode 0755: the command with the settings and the rights of the service, for root.
# What is said before it counts more: WAYFINDER_LANGUAGE=en wayfinder conditions clinic, say.
said=$(export -p | grep " WAYFINDER_")
set -a
. /etc/wayfinder.env
eval "$said"
umask 0027
# the service's own home: in that of root, whoever is not root is refused
HOME=/var/lib/wayfinder
exec runuser -u wayfinder -- /opt/wayfinder/bin/wayfinder "$@"
