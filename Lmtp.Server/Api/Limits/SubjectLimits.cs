using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Limits;

/// <summary>Answers for the limits of one subject, whatever kind it is of.</summary>
internal sealed class SubjectLimits(EffectiveLimits limits, UserStore users, AuditTrail audit)
{
    /// <summary>The limits with their counters.</summary>
    /// <param name="field">The name of the path's parameter.</param>
    /// <param name="text">What stands there.</param>
    /// <param name="parties">The kinds of subjects that it stands for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Results<Ok<SubjectLimitsResponse>, ValidationProblem, ProblemHttpResult>> ReadAsync(
        string field, string text, LimitedParty[] parties, CancellationToken cancellationToken)
    {
        if (NameOf(text, parties[0]) is not { } name)
        {
            return FieldErrors.One(field, SubjectRules.Hint(parties[0]));
        }

        var (user, isKnown) = await UserAsync(name, parties[0], cancellationToken);
        if (!isKnown)
        {
            return ApiProblem.NotFound("user");
        }

        var (readings, isAvailable) = await limits.ReadAsync(name, parties, user, cancellationToken);
        return TypedResults.Ok(new SubjectLimitsResponse(name, isAvailable, [.. readings.Select(LimitMapping.ToResponse)]));
    }

    /// <summary>Resets the counter of one limit.</summary>
    /// <param name="field">The name of the path's parameter.</param>
    /// <param name="text">What stands there.</param>
    /// <param name="parties">The kinds of subjects that it stands for.</param>
    /// <param name="limit">The name of the limit.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ResetAsync(
        string field, string text, LimitedParty[] parties, string limit, CancellationToken cancellationToken)
    {
        if (NameOf(text, parties[0]) is not { } name)
        {
            return FieldErrors.One(field, SubjectRules.Hint(parties[0]));
        }

        var (user, isKnown) = await UserAsync(name, parties[0], cancellationToken);
        if (!isKnown)
        {
            return ApiProblem.NotFound("user");
        }

        var (readings, _) = await limits.ReadAsync(name, parties, user, cancellationToken);
        if (readings.FirstOrDefault(reading => reading.Request.Limit.Name == limit) is not { } before)
        {
            return ApiProblem.NotFound("limit");
        }

        if (!await limits.ResetAsync(before.Request.Limit, name, cancellationToken))
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, detail: "Redis, which has the counters, does not answer.");
        }

        audit.Before(before.ToResponse());
        return TypedResults.NoContent();
    }

    private static string? NameOf(string text, LimitedParty party) =>
        text.Length <= SubjectRules.MaxLength ? LimitSubjects.Parse(party, text) : null;

    private async Task<(MailUser? User, bool IsKnown)> UserAsync(string name, LimitedParty party, CancellationToken cancellationToken)
    {
        if (party != LimitedParty.RecipientUser)
        {
            return (null, true);
        }

        var user = await users.GetAsync(ObjectId.Parse(name), cancellationToken);
        return (user, user is not null);
    }
}
