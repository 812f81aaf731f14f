using System.ComponentModel;
using System.Text.Json;
using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Audit;

/// <summary><c>/api/v1/audit</c>.</summary>
internal static class AuditEndpoints
{
    private const int MaxTextLength = 320;

    public static void MapAudit(this RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit log").RequireAuthorization(ApiScopes.Admin);
        audit.MapGet("/", SearchAsync)
            .WithName("SearchAudit").WithSummary("Searches the changes that were made through the API, the newest first.");
        audit.MapGet("/{entry:oid}", GetAsync)
            .WithName("GetAuditEntry").WithSummary("Reads a change with what was asked for, and the state before and since.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<Results<Ok<PageResponse<AuditEntryResponse>>, ValidationProblem>> SearchAsync(
        [FromQuery, Description("Who made the change: the name of the API key or of the person at the portal.")] string? actor,
        [FromQuery, Description("What was done, as this document names the operation.")] string? operation,
        [FromQuery, Description("The id of what was changed.")] string? target,
        [FromQuery, Description("The earliest time.")] DateTimeOffset? from,
        [FromQuery, Description("The time before which the changes were made.")] DateTimeOffset? before,
        [FromQuery, Description("Whether request and states come along, up to 64 KB each; true where it is left out.")] bool? states,
        [AsParameters] PageQuery page,
        AuditStore store,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("actor", actor, MaxTextLength);
        errors.Text("operation", operation, MaxTextLength);
        errors.Text("target", target, MaxTextLength);
        var query = new AuditQuery
        {
            Actor = OrNull(actor),
            Operation = OrNull(operation),
            Target = OrNull(target),
            From = from,
            Before = before,
            WithStates = states ?? true,
        };
        return page.ToAnswerAsync(
            options.Value, errors, (cursor, size) => store.SearchAsync(query, cursor, size, cancellationToken), ToResponse);
    }

    private static async Task<Results<Ok<AuditEntryResponse>, ProblemHttpResult>> GetAsync(
        ObjectId entry, AuditStore store, CancellationToken cancellationToken) =>
        await store.GetAsync(entry, cancellationToken) is { } found
            ? TypedResults.Ok(ToResponse(found))
            : ApiProblem.NotFound("change");

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static AuditEntryResponse ToResponse(AuditRecord record) => new()
    {
        Id = record.Id.ToString(),
        Time = record.Time,
        Actor = record.Actor,
        ActorKind = record.ActorKind,
        ActorId = record.ActorId,
        RemoteAddress = record.RemoteAddress,
        Operation = record.Operation,
        Path = record.Path,
        Targets = record.Targets,
        Request = ToJson(record.Request),
        Before = ToJson(record.Before),
        After = ToJson(record.After),
        TraceId = record.TraceId,
    };

    private static JsonElement? ToJson(string? text) => text is null ? null : JsonElement.Parse(text);
}
