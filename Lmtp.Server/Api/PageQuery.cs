using System.ComponentModel;
using Lmtp.Server.Api.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Lmtp.Server.Api;

/// <summary>The part of a list that a request asks for.</summary>
internal readonly record struct PageQuery(
    [property: FromQuery(Name = "cursor"), Description("Where to go on: nextCursor of the page before.")] string? Cursor,
    [property: FromQuery(Name = "limit"), Description("How many items at most.")] int? Limit)
{
    /// <summary>The page's size; a limit that cannot be is added to the errors.</summary>
    public int Size(ApiOptions options, FieldErrors errors)
    {
        if (Limit < 1 || Limit > options.MaxPageSize)
        {
            errors.Add("limit", $"Must be between 1 and {options.MaxPageSize}.");
        }

        return Limit ?? options.DefaultPageSize;
    }
}
