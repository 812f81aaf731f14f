using Microsoft.AspNetCore.Http.HttpResults;

namespace Lmtp.Server.Api.Problems;

/// <summary>The problems that several endpoints answer with.</summary>
internal static class ApiProblem
{
    public static ProblemHttpResult NotFound(string what) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: $"There is no such {what}.");

    public static ProblemHttpResult Conflict(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, detail: detail);
}
