-- uses clock job task worker
-- Forgets the tasks of a job that has ended, a slice a call; with the last slice the rest gets an hour to live.
-- KEYS[1]  mr:{J}:job
-- ARGV[1]  where to go on: buckets of tasks that are gone already    ARGV[2]  milliseconds that the rest lasts
-- Returns  where to go on, or -1 when all is gone
local slice = 1000
if not loadJob() or not job.ended then return -1 end

-- Calls act with the key of each bucket from skip on, while it returns true; returns how many buckets lie before the end.
local function walk(skip, act)
    local at = 0
    for size = 1, #job.sizes do
        local step, kind = math.floor((size - 1) / 3), kinds[(size - 1) % 3 + 1]
        local buckets = math.ceil(job.sizes[size] / bucketSize)
        for bucket = math.max(0, skip - at), buckets - 1 do
            if not act(prefix .. 'task:' .. step .. kind .. ':' .. bucket) then return end
        end
        at = at + buckets
        if step > job.step then return end
    end
end

local doomed = {}
walk(tonumber(ARGV[1]), function(key)
    doomed[#doomed + 1] = key
    return #doomed < slice
end)
if #doomed > 0 then redis.call('UNLINK', unpack(doomed)) end
if #doomed == slice then return ARGV[1] + slice end

local workers = redis.call('HLEN', workerKey) / 2
for step = 0, job.step do
    for worker = 0, workers - 1 do redis.call('UNLINK', prefix .. 'out:' .. step .. ':' .. worker) end
end
for _, name in ipairs({'names', 'errors', 'result'}) do redis.call('UNLINK', prefix .. name) end
for _, name in ipairs({'job', 'count', 'events', 'worker'}) do redis.call('PEXPIRE', prefix .. name, ARGV[2]) end
return -1
