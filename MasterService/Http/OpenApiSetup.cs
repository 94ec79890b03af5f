namespace MapReduce.MasterService.Http;

/// <summary>The description of the API, served at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiSetup
{
    public static void AddMasterOpenApi(this IServiceCollection services) => services.AddOpenApi(options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "MapReduce master";
            document.Info.Description = "Jobs, leases and workers of a MapReduce cluster. Every route but /health and /alive needs a bearer token when the master has any.";
            return Task.CompletedTask;
        }));
}
