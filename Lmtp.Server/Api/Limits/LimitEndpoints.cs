using System.ComponentModel;
using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Limits;

/// <summary><c>/api/v1/limits</c>: the rate limits, and which subjects have rules of their own.</summary>
internal static class LimitEndpoints
{
    private const int MaxSearchLength = 320;
    private const int MaxUsersFound = 100;

    public static void MapLimits(this RouteGroupBuilder api)
    {
        var limits = api.MapGroup("/limits").WithTags("Rate limits");
        limits.MapGet("/", ListAsync)
            .WithName("ListRateLimits").WithSummary("Lists the rate limits as they hold for whoever has no rule of their own.");
        limits.MapGet("/overrides", SearchAsync)
            .WithName("ListRateLimitOverrides").WithSummary("Lists the rules of single subjects, by limit and subject.");
        limits.MapOverrides();
        api.MapSubjectLimits();
    }

    private static async Task<Ok<IReadOnlyList<RateLimitResponse>>> ListAsync(
        RateLimits limits, RateLimitOverrideStore store, IOptionsMonitor<RateLimitOptions> options, CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(cancellationToken);
        var current = options.CurrentValue;
        return TypedResults.Ok<IReadOnlyList<RateLimitResponse>>(
            [.. limits.All.Select(limit => limit.ToResponse(current, counts.GetValueOrDefault(limit.Name)))]);
    }

    private static async Task<Results<Ok<PageResponse<RateLimitOverrideResponse>>, ValidationProblem>> SearchAsync(
        [FromQuery, Description("A part of the subject; of users the beginning of the user name, or the address.")] string? search,
        [FromQuery, Description("The limit, by name.")] string? name,
        [AsParameters] PageQuery page,
        RateLimits limits,
        RateLimitOverrideStore store,
        UserStore users,
        AddressStore addresses,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("search", search, MaxSearchLength);
        if (!string.IsNullOrEmpty(name) && limits.Find(name) is null)
        {
            errors.Add("name", $"No limit; there are {string.Join(", ", limits.All.Select(limit => limit.Name))}.");
        }

        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var words = search?.Trim();
        var subjects = string.IsNullOrEmpty(words) ? [] : await UsersAsync(words, users, addresses, cancellationToken);
        var found = await store.ListAsync(
            name, words is null ? null : MailAddressNormalizer.NormalizeDomain(words), subjects, page.Cursor, size, cancellationToken);
        return TypedResults.Ok(new PageResponse<RateLimitOverrideResponse>(
            await NamedAsync(found.Items, limits, users, cancellationToken), found.NextCursor));
    }

    private static async Task<IReadOnlyList<string>> UsersAsync(
        string search, UserStore users, AddressStore addresses, CancellationToken cancellationToken)
    {
        var found = await users.ListAsync(search, null, MaxUsersFound, cancellationToken);
        var owner = search.Contains('@', StringComparison.Ordinal)
            ? (await addresses.ResolveAsync(search, cancellationToken))?.Entry.User
            : null;
        return [.. found.Items.Select(user => user.Id).Append(owner ?? ObjectId.Empty).Distinct().Select(id => id.ToString())];
    }

    /// <summary>What is set for a limit that is gone is left out.</summary>
    private static async Task<IReadOnlyList<RateLimitOverrideResponse>> NamedAsync(
        IReadOnlyList<RateLimitOverride> rules, RateLimits limits, UserStore users, CancellationToken cancellationToken)
    {
        var known = rules.Select(rule => (Rule: rule, Limit: limits.Find(rule.Limit)!)).Where(entry => entry.Limit is not null).ToList();
        var ids = known.Where(entry => entry.Limit.Party == LimitedParty.RecipientUser)
            .Select(entry => ObjectId.TryParse(entry.Rule.Subject, out var id) ? id : ObjectId.Empty)
            .Distinct()
            .ToList();
        var owners = (await users.GetManyAsync(ids, cancellationToken)).ToDictionary(user => user.Id.ToString());
        return [.. known.Select(entry => entry.Rule.ToResponse(entry.Limit, owners.GetValueOrDefault(entry.Rule.Subject)))];
    }
}
