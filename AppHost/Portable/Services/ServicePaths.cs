using System.Reflection;

namespace MapReduce.AppHost.Portable.Services;

/// <summary>Where the services were built, as the build wrote it into this assembly.</summary>
internal static class ServicePaths
{
    public static string Master => Of("MapReduce.MasterService");

    public static string Worker => Of("MapReduce.WorkerService");

    private static string Of(string service)
    {
        var relative = typeof(ServicePaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == $"Service:{service}").Value!;
        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative));
        return File.Exists(path) ? path : throw new LauncherException($"{path} is missing: build it with 'dotnet build AppHost'.");
    }
}
