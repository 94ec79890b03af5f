using MapReduce.AppHost.Portable;

if (OperatingSystem.IsWindows())
{
    await Console.Error.WriteLineAsync("This launcher needs Linux or macOS: run it inside WSL, or use the Aspire profile (docs/aspire.md).");
    return 1;
}
return await LauncherCommand.RunAsync(args);
