using System.Security.Cryptography;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Finds out what thread a message belongs to.</summary>
internal static class ThreadReferences
{
    private const int MaxReferences = 10;
    private const int ThreadIndexLength = 22;

    /// <summary>Base64 SHA-1 digests, without padding, of the ids in the header; each once, at most ten.</summary>
    public static IReadOnlyList<string> Create(ParsedHeader header)
    {
        var threadIndex = header.Last("thread-index") ?? "";
        var text = string.Join(
            ' ',
            header.Last("message-id"),
            header.Last("in-reply-to"),
            threadIndex[..Math.Min(threadIndex.Length, ThreadIndexLength)],
            header.Last("references"));

        var references = new List<string>();
        foreach (var range in text.AsSpan().SplitAny(Whitespace.Characters))
        {
            var id = text[range].Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal);
            if (id.Length == 0)
            {
                continue;
            }

            var reference = Digest(id);
            if (!references.Contains(reference))
            {
                references.Add(reference);
                if (references.Count == MaxReferences)
                {
                    break;
                }
            }
        }

        return references;
    }

#pragma warning disable CA5350 // The digest is WildDuck's format; nothing rests on its strength.
    private static string Digest(string id) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.UTF8.GetBytes(id))).TrimEnd('=');
#pragma warning restore CA5350
}
