using MapReduce.MasterService.Auth;
using MapReduce.MasterService.Files;
using MapReduce.MasterService.Hosting;
using MapReduce.MasterService.Http;
using MapReduce.MasterService.Jobs;
using MapReduce.MasterService.Leases;
using MapReduce.MasterService.Options;
using MapReduce.MasterService.Pages;
using MapReduce.MasterService.Workers;
using MapReduce.ServiceDefaults;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService;

/// <summary>The master's web application.</summary>
internal static class MasterApp
{
    // What any other source of configuration overrides.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["urls"] = "http://127.0.0.1:5080",
        // Two lines for each of thousands of requests a second are no help to anybody.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
    };

    /// <summary>Builds the application. Wrong options are reported when it starts.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.AddLeaseStore();
        AddOptions(builder);
        builder.Services.AddRoles();
        builder.Services.AddEngine();
        builder.Services.AddMasterOpenApi();
        builder.Services.AddPages();
        // Also outside of development: the middleware makes an answer of it that names the member.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => WireOptions.Apply(json.SerializerOptions));
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void AddOptions(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<MasterOptions>, MasterOptionsValidator>();
        builder.Services.AddOptions<MasterOptions>().BindConfiguration(MasterOptions.Section).ValidateOnStart();
        var limit = builder.Configuration.GetValue<long?>($"{MasterOptions.Section}:Limits:{nameof(LimitOptions.RequestBytes)}") ?? new LimitOptions().RequestBytes;
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = limit;
        });
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<LocalOnlyMiddleware>();
        app.UseMiddleware<ProtocolMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapDefaultEndpoints();
        app.MapOpenApi().RequireAuthorization(Roles.Read).WithMetadata(OpenToPass.Document);
        JobRoutes.Map(app);
        LeaseRoutes.Map(app);
        WorkerRoutes.Map(app);
        FileRoutes.Map(app);
        PageRoutes.Map(app);
    }
}
