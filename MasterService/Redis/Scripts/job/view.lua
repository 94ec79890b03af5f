-- uses clock job queue
-- A job at one moment.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  the version of the sample that the caller knows, as step:version
-- Returns  nil when the job is unknown, else {now, submitted at, shape, state, end, cancelled, dead, attempts that run,
--           waiting tasks of the three stages, when the next is due or -1, result of the sample or nil when the caller knows it,
--           its version, then failing workers: id, packed row}
if not loadJob() then return false end
local more = redis.call('HMGET', KEYS[1], 'at', 'shape')
local raw = redis.call('HMGET', KEYS[1], 'state', 'end')
local answer = {now, more[1], more[2], raw[1], raw[2], job.cancelled, job.dead, redis.call('HLEN', prefix .. 'run')}
for _, kind in ipairs(kinds) do answer[#answer + 1] = redis.call('ZCARD', queueKey(job.stages[kind])) end
local stage = not job.ended and claimable()
answer[#answer + 1] = stage and nextDue(stage) or -1

-- Boundaries may be long and never change within a version: they go over the wire once for each master.
local sample = job.stages.s
local version = job.step .. ':' .. string.format('%.0f', sample.version)
local isNews = not job.ended and sample.done > 0 and version ~= ARGV[1]
answer[#answer + 1] = isNews and redis.call('HGET', prefix .. 'result', sample.name .. '0') or false
answer[#answer + 1] = version

local rows = redis.call('HGETALL', prefix .. 'aside')
for i = 1, #rows, 2 do
    answer[#answer + 1] = redis.call('HGET', prefix .. 'worker', 'i' .. rows[i])
    answer[#answer + 1] = rows[i + 1]
end
return answer
