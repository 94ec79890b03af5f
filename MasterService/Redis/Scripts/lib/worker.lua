-- Workers are numbers within a job, to be short: mr:{J}:worker, field w<id> -> number and i<number> -> id.
local workerKey = prefix .. 'worker'
local workerNames = {}

local function workerNumber(id)
    local number = redis.call('HGET', workerKey, 'w' .. id)
    if number then return tonumber(number) end
    number = redis.call('HLEN', workerKey) / 2
    redis.call('HSET', workerKey, 'w' .. id, number, 'i' .. number, id)
    return number
end

-- Its number, or -1 when it never ran anything of this job.
local function findWorker(id) return tonumber(redis.call('HGET', workerKey, 'w' .. id) or -1) end

local function workerName(number)
    local name = workerNames[number]
    if not name then
        name = redis.call('HGET', workerKey, 'i' .. number) or ''
        workerNames[number] = name
    end
    return name
end
