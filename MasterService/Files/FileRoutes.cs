using MapReduce.MasterService.Admission;
using MapReduce.MasterService.Auth;
using MapReduce.MasterService.Http;
using MapReduce.MasterService.Options;
using MapReduce.Remote;
using MapReduce.Remote.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace MapReduce.MasterService.Files;

/// <summary>The routes by which the files of streaming jobs come from those who submit and go to the workers.</summary>
internal static class FileRoutes
{
    private const string ContentType = "application/octet-stream";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Files").AddEndpointFilter((call, next) =>
            call.HttpContext.RequestServices.GetRequiredService<IOptions<MasterOptions>>().Value.AllowUserCode ? next(call) : throw RequestException.Wrong(UserCode.Refusal));
        group.MapPost(MasterApi.Files, Missing).RequireAuthorization(Roles.Submit).WithSummary("Which of some files must be sent before a streaming job may name them");
        group.MapPut(MasterApi.File, StoreAsync).RequireAuthorization(Roles.Submit).WithSummary("Stores a file under its SHA-256");
        group.MapGet(MasterApi.File, Open).RequireAuthorization(Roles.Worker).WithSummary("Gives a file").Produces(StatusCodes.Status200OK, contentType: ContentType);
    }

    private static MissingFilesReply Missing(FilesMessage message, FileStore store)
    {
        Elements.AreThere("files", message.Files);
        return new([.. message.Files.Where(file => !store.Renew(file))]);
    }

    private static async Task<NoContent> StoreAsync(string id, FileStore store, HttpContext http)
    {
        var length = http.Request.ContentLength ?? throw new RequestException(StatusCodes.Status411LengthRequired, "The request does not say how long the file is: send a Content-Length.");
        // The limit of other requests is one of messages; the store has one for files.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        await store.StoreAsync(id, http.Request.Body, length, http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static PhysicalFileHttpResult Open(string id, FileStore store) =>
        store.PathOf(id) is var path && File.Exists(path) ? TypedResults.PhysicalFile(path, ContentType)
            : throw new RequestException(StatusCodes.Status404NotFound, $"There is no file with the SHA-256 {id}: submit the job again, with the file.");
}
