using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lmtp.Contracts;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Conditions;

/// <summary>
/// Lets a caller repeat a creation whose answer it never saw: under the same Idempotency-Key the first answer comes
/// again, and nothing is made twice. A refused request leaves nothing behind.
/// </summary>
internal sealed class IdempotencyFilter(IdempotencyStore store, IOptions<JsonOptions> json) : IEndpointFilter
{
    private const int MaxKeyLength = 255;
    private const string RetryAfterSeconds = "1";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var header = http.Request.Headers[LmtpApiHeaders.IdempotencyKey];
        if (header.Count == 0)
        {
            return await next(context);
        }

        if (header is not [{ Length: > 0 and <= MaxKeyLength } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return FieldErrors.One(LmtpApiHeaders.IdempotencyKey, $"1 to {MaxKeyLength} printable ASCII characters.");
        }

        var id = Id(http, key);
        var body = Body(context, key);
        if (await store.BeginAsync(id, body, http.RequestAborted) is { } earlier)
        {
            // What was made then stands in the audit log already.
            http.RequestServices.GetRequiredService<AuditTrail>().Nothing();
            return Repeat(http, earlier, id, body);
        }

        return await RunAsync(context, next, id);
    }

    private async ValueTask<object?> RunAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, byte[] id)
    {
        var isKept = false;
        try
        {
            var result = await next(context);
            var answer = result is INestedHttpResult nested ? nested.Result : result;
            if (answer is IStatusCodeHttpResult { StatusCode: >= 200 and < 300 } made)
            {
                isKept = true;
                var text = (answer as IValueHttpResult)?.Value is { } value
                    ? JsonSerializer.Serialize(value, value.GetType(), json.Value.SerializerOptions)
                    : null;
                using var seal = new SealedAnswer(context.HttpContext.Request, id);
                await store.CompleteAsync(
                    id,
                    made.StatusCode!.Value,
                    Location(context.HttpContext, answer, text),
                    text is null ? null : seal.Seal(text),
                    CancellationToken.None);
            }

            return result;
        }
        finally
        {
            if (!isKept)
            {
                await store.ForgetAsync(id, CancellationToken.None);
            }
        }
    }

    private static IResult Repeat(HttpContext http, IdempotencyRecord earlier, byte[] id, byte[] body)
    {
        if (!CryptographicOperations.FixedTimeEquals(earlier.Body, body))
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity,
                detail: "This Idempotency-Key belongs to a request with another body.");
        }

        if (earlier.Status is not { } status)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            return ApiProblem.Conflict("The first request with this Idempotency-Key is still under way.");
        }

        using var seal = new SealedAnswer(http.Request, id);
        var answer = earlier.Answer is null ? null : seal.Open(earlier.Answer);
        if (earlier.Answer is not null && answer is null)
        {
            return ApiProblem.Conflict("It was made under this Idempotency-Key with another API key, which alone can read the answer.");
        }

        http.Response.Headers[LmtpApiHeaders.IdempotencyReplayed] = "true";
        http.Response.Headers.Location = earlier.Location;
        return answer is null
            ? TypedResults.StatusCode(status)
            : TypedResults.Text(answer, "application/json", Encoding.UTF8, status);
    }

    /// <summary>Where the answer says that it is, else below the collection that it was added to.</summary>
    private static string? Location(HttpContext http, object answer, string? text)
    {
        if (answer.GetType().GetProperty(nameof(Created.Location))?.GetValue(answer) is string said)
        {
            return said;
        }

        if (text is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty("id", out var made)
            ? $"{http.Request.Path.ToString().TrimEnd('/')}/{made.GetString()}"
            : null;
    }

    private static byte[] Id(HttpContext http, string key)
    {
        var caller = ApiActor.Of(http.User);
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Kind}\n{caller.Id ?? caller.Name}\n{http.Request.Method} {http.Request.Path}\n{key}"));
    }

    /// <summary>Keyed by what only the caller has, since a body may hold a password that could be guessed.</summary>
    private byte[] Body(EndpointFilterInvocationContext context, string key)
    {
        var body = context.Arguments.FirstOrDefault(static argument => argument?.GetType().Namespace == typeof(UserResponse).Namespace);
        var bytes = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), json.Value.SerializerOptions);
        return HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), bytes);
    }
}
