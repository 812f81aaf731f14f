using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api;

/// <summary>Answers a request for a part of a list.</summary>
internal static class PageAnswer
{
    /// <summary>Reads the page and answers it, unless the request has errors.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="options">How large a page may be.</param>
    /// <param name="errors">What else is wrong with the request.</param>
    /// <param name="list">Reads so many entries from a cursor on.</param>
    /// <param name="map">An entry as it is answered.</param>
    public static async Task<Results<Ok<PageResponse<TResponse>>, ValidationProblem>> ToAnswerAsync<TRecord, TResponse>(
        this PageQuery page, ApiOptions options, FieldErrors errors, Func<string?, int, Task<Page<TRecord>>> list, Func<TRecord, TResponse> map)
    {
        var size = page.Size(options, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await list(page.Cursor, size);
        return TypedResults.Ok(new PageResponse<TResponse>([.. found.Items.Select(map)], found.NextCursor));
    }
}
