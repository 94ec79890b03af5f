-- uses clock job worker
-- A piece of a job's ledger.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  number after which to begin    ARGV[2]  events at most    ARGV[3]  events that count
-- Returns  nil when the job is unknown, else {number of the last event, number of the first that counts, number of the first
--           of these, then for each: packed event, worker's id}
if not loadJob() then return false end
local key = prefix .. 'events'
local kept = redis.call('LLEN', key)
local first = job.events - math.min(kept, tonumber(ARGV[3])) + 1
local start = math.max(first, tonumber(ARGV[1]) + 1)
local answer = {job.events, first, start}
local at = start - (job.events - kept + 1)
if at >= kept or tonumber(ARGV[2]) <= 0 then return answer end
for _, event in ipairs(redis.call('LRANGE', key, at, at + tonumber(ARGV[2]) - 1)) do
    local _, _, _, _, worker = cmsgpack.unpack(event)
    answer[#answer + 1] = event
    answer[#answer + 1] = workerName(worker)
end
return answer
