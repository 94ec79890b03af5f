-- uses clock job task worker ledger run queue counter durations save win
-- Takes the win of an attempt whose output file is missing back, with its counters, and queues its task at once, if the win
-- still stands and is still needed.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  task    ARGV[2]  token
-- Returns  1 when it was taken back now, else 0
if not loadJob() or job.ended then return 0 end
local stage, index = parseTask(ARGV[1])
if not invalidate(stage, index, ARGV[2], 'its output file is missing') then return 0 end
save()
return 1
