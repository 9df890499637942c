#!/bin/sh
# Usage: run-until-eof.sh FOLDER COMMAND [ARGUMENT]...
#
# Runs a command until it ends by itself, or until this script's standard input says that it must
# go: the line "stop" stops it; the end of the input without that line means that the process which
# held the other end died, even by kill -9, and then FOLDER, when it is not "", is removed as well.
# The operating system closes a dead process's pipes, so no command outlives its starter.
folder=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
command=$!
(
  if read -r word <&3; then folder=; fi
  kill -TERM "$command" 2>/dev/null
  looks=0
  while kill -0 "$command" 2>/dev/null && [ "$looks" -lt 100 ]; do
    sleep 0.2
    looks=$((looks + 1))
  done
  kill -KILL "$command" 2>/dev/null
  if [ -n "$folder" ]; then sleep 1; rm -rf "$folder"; fi
) &
watcher=$!
trap '' TERM HUP INT
wait "$command"
status=$?
# A watcher that was told to stop still has to clean up; one that still reads can go.
if kill -0 "$watcher" 2>/dev/null && [ "$status" -ne 143 ]; then kill -TERM "$watcher" 2>/dev/null; fi
wait "$watcher" 2>/dev/null
exit "$status"
