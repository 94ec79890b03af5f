using Dispatch;

// dispatch MASTER TASKS BATCH WORKERS OUTPUT: see EmptyTasks.
if (args is not [var master, var tasks, var batch, var workers, var output])
{
    Console.Error.WriteLine("usage: dispatch MASTER_PROGRAM TASKS BATCH WORKERS OUTPUT");
    return 2;
}

var folder = Directory.CreateTempSubdirectory("dispatch-").FullName;
try
{
    using var redis = Server.Redis(folder);
    using var service = Server.Master(master, folder, redis.Port);
    await service.WhenReadyAsync();
    var run = new EmptyTasks(new Uri($"http://127.0.0.1:{service.Port}"), folder, int.Parse(tasks), int.Parse(batch));
    var rate = await run.RunAsync(int.Parse(workers), redis, service);
    Console.WriteLine($"rate {rate:F0}");
    File.WriteAllText(output, $"tasks {run.Done}\n");
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
