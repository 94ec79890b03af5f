# Runs the command "$@" for the launcher, and ends it when the launcher ends, however that happens: the kernel closes
# the launcher's end of standard input even after kill -9. Not before the command's own process id is printed, as the
# first line, does the command begin.
#
# Standard input: the line "stop" asks the command to end (SIGTERM) and leaves it all the time it wants; closing the
# input after that kills it. Closed without "stop", the launcher is gone: the command gets SIGTERM and five seconds.
# The keeper ends with the command, and with its exit code.
exec 3<&0
sh -c 'echo $$; exec "$@"' keeper "$@" 3<&- < /dev/null &
command=$!

(
    word=
    read -r word
    kill -TERM "$command" 2> /dev/null
    if [ "$word" = stop ]; then
        read -r word
    else
        sleep 5 > /dev/null 2>&1 < /dev/null &
        pause=$!
        trap 'kill "$pause"; exit' TERM
        wait "$pause"
    fi
    kill -KILL "$command" 2> /dev/null
) <&3 > /dev/null 2>&1 &
watch=$!
exec 3<&-

# A signal that is meant for all must not make the keeper end before its command.
trap 'kill -TERM "$command" 2> /dev/null' TERM INT HUP
while :; do
    { wait "$command"; } 2> /dev/null
    code=$?
    kill -0 "$command" 2> /dev/null || break
done
kill -TERM "$watch" 2> /dev/null
exit "$code"
