using System.Diagnostics;
using System.Text.Json.Nodes;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Storage.Access;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Audit;

/// <summary>Writes an entry of the audit log for every request that changed something. No endpoint has to remember it.</summary>
internal sealed class AuditFilter(AuditStore store, IOptions<ApiOptions> options, TimeProvider time) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IsChange(http))
        {
            return await next(context);
        }

        var result = await next(context);
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        var trail = http.RequestServices.GetRequiredService<AuditTrail>();
        if (answer is IStatusCodeHttpResult { StatusCode: >= 200 and < 300 } && !trail.IsNothing)
        {
            // The change has been made: whoever goes away now does not keep it out of the log.
            var record = Describe(context, trail, (answer as IValueHttpResult)?.Value);
            await store.AddAsync(record, options.Value.AuditRetention, CancellationToken.None);
        }

        return result;
    }

    private static bool IsChange(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method)
        && !HttpMethods.IsHead(http.Request.Method)
        && http.GetEndpoint()?.Metadata.GetMetadata<NotAudited>() is null;

    private AuditRecord Describe(EndpointFilterInvocationContext context, AuditTrail trail, object? value)
    {
        var http = context.HttpContext;
        var body = context.Arguments.FirstOrDefault(static argument => argument?.GetType().Namespace == typeof(Contracts.UserResponse).Namespace);
        var after = trail.AfterText ?? (value is null ? null : trail.ToText(value));
        var now = time.GetUtcNow();
        var actor = ApiActor.Of(http.User);
        return new AuditRecord
        {
            Id = ObjectId.GenerateNewId(now.UtcDateTime),
            Time = now,
            Actor = actor.Name,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            RemoteAddress = http.Connection.RemoteIpAddress?.ToString(),
            Operation = http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? http.Request.Method,
            Path = http.Request.Path.ToString(),
            Targets = [.. Targets(http.Request.RouteValues, after)],
            Request = body is null ? null : trail.ToText(body),
            Before = trail.BeforeText,
            After = after,
            TraceId = Activity.Current?.TraceId.ToString(),
        };
    }

    private static IEnumerable<string> Targets(RouteValueDictionary route, string? after)
    {
        var made = after is null ? null : (JsonNode.Parse(after) as JsonObject)?["id"] as JsonValue;
        return route.Values.Select(static value => value?.ToString())
            .Append(made?.ToString())
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
    }
}
