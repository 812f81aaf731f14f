using MongoDB.Bson;

namespace Lmtp.Server.Api;

/// <summary>Lets only ids into a route, so that anything else is not found rather than an error.</summary>
internal sealed class ObjectIdRouteConstraint : IRouteConstraint
{
    public const string Name = "oid";

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value)
        && value?.ToString() is { } text
        && ObjectId.TryParse(text, out _);
}
