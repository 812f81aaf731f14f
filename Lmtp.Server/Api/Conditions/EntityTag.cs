using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Lmtp.Server.Api.Conditions;

/// <summary>The state of a resource as a strong entity tag (RFC 9110 section 8.8.3).</summary>
internal static class EntityTag
{
    private const int DigestBytes = 12;

    /// <summary>The tag of a state; equal states have equal tags.</summary>
    public static string Of(string state) =>
        $"\"{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, DigestBytes))}\"";

    /// <summary>Whether the request has a condition at all.</summary>
    public static bool IsConditional(HttpRequest request) => request.Headers.IfMatch.Count > 0;

    /// <summary>Whether the request's If-Match lets a change of that state through; true when it has none.</summary>
    public static bool IsMatch(HttpRequest request, string tag)
    {
        var wanted = request.GetTypedHeaders().IfMatch;
        return wanted.Count == 0
            ? !IsConditional(request)
            : wanted.Any(entry => entry.Equals(EntityTagHeaderValue.Any) || (!entry.IsWeak && entry.Tag == tag));
    }
}
