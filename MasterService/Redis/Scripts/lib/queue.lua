-- Tasks that wait to be tried again: mr:{J}:retry:<stage>, member = the index with leading zeros, so that equal times sort by
-- index; score = when it is due. A change waits in stage.queue for save().
local function queueKey(stage) return prefix .. 'retry:' .. stage.name end

local function enqueue(stage, index, dueAt) stage.queue[index] = dueAt end

local function dequeue(stage, index) stage.queue[index] = false end

local function queueMember(index) return string.format('%010d', index) end

-- When the first waiting task is due, or nil.
local function nextDue(stage)
    return tonumber(redis.call('ZRANGE', queueKey(stage), 0, 0, 'WITHSCORES')[2])
end

local function saveQueue(stage)
    local adds, removes = {}, {}
    for index, dueAt in pairs(stage.queue) do
        if dueAt then
            adds[#adds + 1] = dueAt
            adds[#adds + 1] = queueMember(index)
        else
            removes[#removes + 1] = index
        end
    end
    if #adds > 0 then bulk('ZADD', queueKey(stage), adds) end
    if #removes > 0 and redis.call('EXISTS', queueKey(stage)) == 1 then
        for i, index in ipairs(removes) do removes[i] = queueMember(index) end
        bulk('ZREM', queueKey(stage), removes)
    end
end
