using System.Diagnostics.CodeAnalysis;
using Lmtp.Server.Api.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Conditions;

/// <summary>What a change asks of the state that it finds (RFC 9110 section 13.1.1).</summary>
internal static class Precondition
{
    /// <summary>
    /// Whether a change has to be refused: nothing was found, or not the state that If-Match names. Whoever makes the change
    /// has to compare the state again in the same operation.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="what">What it is about, for the refusal.</param>
    /// <param name="found">What was found; null when there is none.</param>
    /// <param name="tag">Makes the entity tag of a state.</param>
    /// <param name="refusal">The answer.</param>
    /// <param name="isRequired">Whether the request has to name a state: it replaces the thing as a whole.</param>
    /// <typeparam name="T">What is changed.</typeparam>
    public static bool Refuses<T>(
        HttpRequest request,
        string what,
        [NotNullWhen(false)] T? found,
        Func<T, string> tag,
        [NotNullWhen(true)] out ProblemHttpResult? refusal,
        bool isRequired = false)
        where T : class
    {
        refusal = found switch
        {
            null => ApiProblem.NotFound(what),
            _ when isRequired && !EntityTag.IsConditional(request) => ApiProblem.PreconditionRequired(what),
            _ when !EntityTag.IsMatch(request, tag(found)) => ApiProblem.PreconditionFailed(what),
            _ => null,
        };
        return refusal is not null || found is null;
    }
}
