using System.Text.Json;
using System.Text.RegularExpressions;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Lmtp.Server.Api.Problems;

/// <summary>
/// Turns what endpoints throw into problem details: a request that cannot be read is the client's, a database that is
/// away passes, everything else is ours and says nothing but its trace.
/// </summary>
internal sealed partial class ApiExceptionHandler(IProblemDetailsService problems, ILogger<ApiExceptionHandler> logger)
    : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    /// <summary>The framework takes a charset that it does not know for a failure of the server.</summary>
    private const string UnknownCharset = "content type charset";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Describe(exception);
        context.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            LogUnavailable(context.Request.Method, context.Request.Path, exception);
        }
        else if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            LogFailed(context.Request.Method, context.Request.Path, exception);
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = problem,
            Exception = exception,
        });
    }

    private static ProblemDetails Describe(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => DescribeJson(json),
        BadHttpRequestException bad when ParameterName(bad.Message) is { } parameter => Fields(parameter, "The value has the wrong type."),
        InvalidCursorException => Fields("cursor", exception.Message),
        BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Detail = bad.Message },
        InvalidOperationException { InnerException: ArgumentException or NotSupportedException } unreadable
            when unreadable.Message.Contains(UnknownCharset, StringComparison.Ordinal) => new ProblemDetails
            {
                Status = StatusCodes.Status415UnsupportedMediaType,
                Detail = "The charset of the body is not known.",
            },
        _ when DatabaseFailure.IsPassing(exception) => new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Detail = "The database cannot be reached just now.",
        },
        _ => new ProblemDetails
        {
            Status = StatusCodes.Status500InternalServerError,
            Detail = "The server failed at this; the trace id leads to the details in its log.",
        },
    };

    private static HttpValidationProblemDetails DescribeJson(JsonException json)
    {
        var field = json.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "$";
        var missing = MissingMembers().Match(json.Message).Groups["name"].Captures.Select(name => name.Value);
        var fields = missing.Select(name => field == "$" ? name : $"{field}.{name}").DefaultIfEmpty(field);
        return Fields(fields, Reason(json));
    }

    private static HttpValidationProblemDetails Fields(string field, string message) => Fields([field], message);

    private static HttpValidationProblemDetails Fields(IEnumerable<string> fields, string message) =>
        new(fields.ToDictionary(field => field, string[] (_) => [message]))
        {
            Status = StatusCodes.Status400BadRequest,
            Detail = "The request has errors; see the fields.",
        };

    /// <summary>A parameter that cannot be bound is named with its .NET type: <c>"Nullable&lt;int&gt; Limit"</c>.</summary>
    private static string? ParameterName(string message)
    {
        var match = BindingFailure().Match(message);
        return match.Success ? JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value) : null;
    }

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (?<name>\\w+)\"")]
    private static partial Regex BindingFailure();

    /// <summary>The names behind "missing required properties including: 'a', 'b'.".</summary>
    [GeneratedRegex("missing required[^:]*:(?:[ ,]*'(?<name>[^']+)')+")]
    private static partial Regex MissingMembers();

    /// <summary>The serializer's messages name .NET types and repeat the position; neither helps the caller.</summary>
    private static string Reason(JsonException json) => json.Message switch
    {
        var m when m.Contains("missing required", StringComparison.Ordinal) => "A required member is missing.",
        var m when m.Contains("could not be mapped", StringComparison.Ordinal) => "There is no such member.",
        var m when m.Contains("could not be converted", StringComparison.Ordinal) => "The value has the wrong type.",
        var m when m.Contains("null", StringComparison.Ordinal) => "May not be null.",
        var m when m.Contains("uplicate", StringComparison.Ordinal) => "The member is given twice.",
        _ => $"Not well-formed JSON at line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}.",
    };

    [LoggerMessage(4010, LogLevel.Warning, "{Method} {Path} could not be answered: the database is away")]
    private partial void LogUnavailable(string method, PathString path, Exception exception);

    [LoggerMessage(4011, LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailed(string method, PathString path, Exception exception);
}
