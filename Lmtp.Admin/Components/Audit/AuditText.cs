using System.Text.RegularExpressions;
using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Audit;

/// <summary>How the names of operations and the kinds of callers are read.</summary>
internal static partial class AuditText
{
    /// <summary><c>CreateUser</c> as “Create user”.</summary>
    public static string Operation(string name)
    {
        var words = WordStart().Replace(name, " $0").ToLowerInvariant();
        return words.Length == 0 ? words : string.Concat(char.ToUpperInvariant(words[0]).ToString(), words.AsSpan(1));
    }

    /// <summary>What a caller is that is no person; null where the name says enough.</summary>
    public static string? Kind(ActorKind? kind) => kind switch
    {
        ActorKind.ConfiguredKey => Resources.Texts.ActorConfiguredKey,
        ActorKind.ApiKey => Resources.Texts.ActorApiKey,
        ActorKind.Portal => Resources.Texts.ActorPortal,
        _ => null,
    };

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();
}
