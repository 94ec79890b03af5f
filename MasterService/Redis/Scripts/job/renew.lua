-- uses clock job task worker ledger run
-- Extends leases while their attempts were not given up, and creates those again that ran out.
-- KEYS[1]  mr:{J}:job
-- ARGV     for each attempt: task/token, progress packed for the callers
-- Returns  for each attempt: 0 ok, 1 lost, 2 cancel
local answers = {}
local isKnown = loadJob() and not job.ended
local keys = {}
for i = 1, #ARGV, 2 do keys[#keys + 1] = ARGV[i] end
if isKnown then loadRuns(keys) end
for i, key in ipairs(keys) do
    local run = isKnown and findRun(key)
    if not run then
        answers[i] = 1
    elseif job.cancelled then
        -- Not extended: a worker that does not obey must not keep its job from ending.
        answers[i] = 2
    else
        run.acknowledged, run.progress = 1, ARGV[i * 2]
        putRun(run)
        setLease(key, run.worker)
        answers[i] = 0
    end
end
if isKnown then saveRuns() end
return answers
