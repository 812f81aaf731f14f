using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Limits;

/// <summary><c>/api/v1/limits/{name}/overrides/{subject}</c>: the rule of a limit for one subject.</summary>
internal static class OverrideEndpoints
{
    public static void MapOverrides(this RouteGroupBuilder limits)
    {
        var overrides = limits.MapGroup("/{name}/overrides/{subject}").ProducesProblem(StatusCodes.Status404NotFound);
        overrides.MapGet("/", GetAsync)
            .WithName("GetRateLimitOverride").WithSummary("Reads the rule of a limit for one subject, with an entity tag.");
        overrides.MapPut("/", SetAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("SetRateLimitOverride")
            .WithSummary("Sets the rule of a limit for one subject; where there is one, If-Match names the one that was seen.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);
        overrides.MapDelete("/", DeleteAsync).RequireAuthorization(ApiScopes.Write)
            .WithName("DeleteRateLimitOverride").WithSummary("Removes the rule of a limit for one subject.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<RateLimitOverrideResponse>, ProblemHttpResult>> GetAsync(
        string name, string subject, OverrideReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        if (reader.Target(name, subject) is not { } target
            || await reader.FindAsync(target, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("rule");
        }

        response.Headers.ETag = LimitMapping.TagOf(found);
        return TypedResults.Ok(await reader.ToResponseAsync(target, found, cancellationToken));
    }

    private static async Task<Results<Ok<RateLimitOverrideResponse>, Created<RateLimitOverrideResponse>, ValidationProblem, ProblemHttpResult>> SetAsync(
        string name,
        string subject,
        SetRateLimitOverrideRequest request,
        OverrideReader reader,
        RateLimitOverrideStore store,
        AuditTrail audit,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        if (reader.LimitOf(name) is not { } limit)
        {
            return ApiProblem.NotFound("limit");
        }

        var errors = Check(request);
        var target = reader.Target(name, subject);
        if (target is null)
        {
            errors.Add("subject", SubjectRules.Hint(limit.Party));
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        if (limit.Party == LimitedParty.RecipientUser && await reader.UserAsync(target!, cancellationToken) is null)
        {
            return ApiProblem.NotFound("user");
        }

        var found = await reader.FindAsync(target!, cancellationToken);
        if (found is not null && http.Request.Headers.IfMatch.Count == 0)
        {
            return ApiProblem.PreconditionRequired("rule");
        }

        var rule = new RateLimitOverride(target!.Id, request.Count, TimeSpan.FromSeconds(request.PeriodSeconds));
        if ((found is null && http.Request.Headers.IfMatch.Count > 0)
            || (found is not null && !EntityTag.IsMatch(http.Request, LimitMapping.TagOf(found)))
            || !await store.TrySetAsync(rule, found, cancellationToken))
        {
            return ApiProblem.PreconditionFailed("rule");
        }

        http.Response.Headers.ETag = LimitMapping.TagOf(rule);
        var response = await reader.ToResponseAsync(target, rule, cancellationToken);
        if (found is null)
        {
            return TypedResults.Created($"/api/v1/limits/{limit.Name}/overrides/{Uri.EscapeDataString(target.Subject)}", response);
        }

        audit.Before(await reader.ToResponseAsync(target, found, cancellationToken));
        return TypedResults.Ok(response);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name,
        string subject,
        OverrideReader reader,
        RateLimitOverrideStore store,
        AuditTrail audit,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (reader.Target(name, subject) is not { } target
            || await reader.FindAsync(target, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound("rule");
        }

        if (!EntityTag.IsMatch(request, LimitMapping.TagOf(found)) || !await store.TryRemoveAsync(found, cancellationToken))
        {
            return ApiProblem.PreconditionFailed("rule");
        }

        audit.Before(await reader.ToResponseAsync(target, found, cancellationToken));
        return TypedResults.NoContent();
    }

    private static FieldErrors Check(SetRateLimitOverrideRequest request)
    {
        var errors = new FieldErrors();
        errors.Range("count", request.Count, 0, RateLimitRule.MaxCount);
        errors.Range(
            "periodSeconds",
            request.PeriodSeconds,
            (long)RateLimitRule.MinPeriod.TotalSeconds,
            (long)RateLimitRule.MaxPeriod.TotalSeconds);
        return errors;
    }
}
