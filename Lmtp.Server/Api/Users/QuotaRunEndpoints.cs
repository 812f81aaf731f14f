using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage.Quotas;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Users;

/// <summary><c>/api/v1/quota-recalculations</c>: adds up anew what the users of a domain store, or all users.</summary>
internal static class QuotaRunEndpoints
{
    private const int MaxDomainLength = 255;

    public static void MapQuotaRuns(this RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/quota-recalculations").WithTags("Users");
        runs.MapGet("/", ListAsync)
            .WithName("ListQuotaRecalculations").WithSummary("Lists recalculations of many users, the newest first.");
        runs.MapPost("/", StartAsync).RequireAuthorization(ApiScopes.Write).WithIdempotencyKey()
            .WithName("StartQuotaRecalculation").WithSummary("Begins to add up anew what all users store, or those of a domain.");
        runs.MapGet("/{recalculation:oid}", GetAsync)
            .WithName("GetQuotaRecalculation").WithSummary("Tells how far a recalculation of many users is.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapDelete("/{recalculation:oid}", CancelAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("CancelQuotaRecalculation").WithSummary("Ends a recalculation that is under way; what was corrected stays so.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PageResponse<QuotaRecalculationResponse>>, ValidationProblem>> ListAsync(
        [AsParameters] PageQuery page, QuotaRunStore store, IOptions<ApiOptions> options, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await store.ListAsync(page.Cursor, size, cancellationToken);
        return TypedResults.Ok(new PageResponse<QuotaRecalculationResponse>([.. found.Items.Select(ToResponse)], found.NextCursor));
    }

    private static async Task<Results<Accepted<QuotaRecalculationResponse>, ValidationProblem, ProblemHttpResult>> StartAsync(
        StartQuotaRecalculationRequest request, QuotaRunStore store, QuotaRunner runner, CancellationToken cancellationToken)
    {
        var domain = request.Domain is null or { Length: > MaxDomainLength }
            ? null
            : LimitSubjects.Parse(LimitedParty.RecipientDomain, request.Domain);
        if (request.Domain is not null && domain is null)
        {
            return FieldErrors.One("domain", $"The name of a domain, at most {MaxDomainLength} characters.");
        }

        if (await store.AddAsync(domain, cancellationToken) is not { } run)
        {
            return ApiProblem.Conflict("Another recalculation is under way.");
        }

        runner.Wake();
        return TypedResults.Accepted($"/api/v1/quota-recalculations/{run.Id}", ToResponse(run));
    }

    private static async Task<Results<Ok<QuotaRecalculationResponse>, ProblemHttpResult>> GetAsync(
        ObjectId recalculation, QuotaRunStore store, CancellationToken cancellationToken) =>
        await store.GetAsync(recalculation, cancellationToken) is { } run
            ? TypedResults.Ok(ToResponse(run))
            : ApiProblem.NotFound("recalculation");

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(
        ObjectId recalculation, QuotaRunStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(recalculation, cancellationToken) is not { } run)
        {
            return ApiProblem.NotFound("recalculation");
        }

        await store.CancelAsync(recalculation, cancellationToken);
        audit.Before(ToResponse(run));
        return TypedResults.NoContent();
    }

    private static QuotaRecalculationResponse ToResponse(QuotaRun run) => new()
    {
        Id = run.Id.ToString(),
        Domain = run.Domain,
        State = run.State.ToString().ToLowerInvariant(),
        Total = run.Total,
        Done = run.Done,
        Corrected = run.Corrected,
        CorrectedBytes = run.CorrectedBytes,
        Skipped = run.Skipped,
        Created = run.Created,
        Finished = run.Finished,
    };
}
