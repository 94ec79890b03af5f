-- What becomes of a task whose attempt failed or was lost. The limits and the back-off are those of RetryPolicy.
local maxCounted, firstBackoff, longestBackoff = 20, 250000, 30000000
local errorsKey = prefix .. 'errors'

-- Doubled each time, of which half is left to chance.
local function backoff(counted, jitter)
    return math.floor(math.min(longestBackoff, firstBackoff * 2 ^ (counted - 1)) * (0.5 + jitter / 2))
end

local function verdict(task)
    if task.failures >= job.maxAttempts then return string.format('it failed %d times (limit %d)', task.failures, job.maxAttempts) end
    if task.deaths >= job.maxDeaths then return string.format('%d of its workers died (limit %d)', task.deaths, job.maxDeaths) end
    if task.counted >= maxCounted then return string.format('%d of its attempts failed or died (limit %d)', task.counted, maxCounted) end
    return nil
end

-- Returns 2 when the task is dead, and with it its job; 1 when it is to be tried again.
local function settle(stage, task, run, isFinal, retryAt)
    task.failedOn = run.worker
    local why = isFinal and 'another attempt cannot do better' or verdict(task)
    if why then
        if not job.dead then
            local lastError = redis.call('HGET', errorsKey, run.task) or ''
            job.dead = cmsgpack.pack(run.task, lastError .. ' (task ' .. textOf(stage, task.index) .. ' is dead: ' .. why .. ')')
            redis.call('HSET', KEYS[1], 'dead', job.dead)
        end
        return 2
    end
    if #task.runs == 0 then enqueue(stage, task.index, retryAt) end
    return 1
end
