namespace Lmtp.Tests;

/// <summary>Real mails, and how each is handed to a server (the corpus README has the rule).</summary>
internal static class Corpus
{
    public static IReadOnlyList<string> Files()
    {
        var directory = SharedData.RequireDirectory("corpus/eml");
        return [.. Directory.EnumerateFiles(directory, "*.eml").Order(StringComparer.Ordinal)];
    }

    /// <summary>LF files become CRLF files, files with any CRLF stay as they are; all end in CRLF.</summary>
    public static byte[] Feed(byte[] file)
    {
        var fed = new List<byte>(file.Length + 64);
        var convert = file.AsSpan().IndexOf("\r\n"u8) < 0;
        foreach (var value in file)
        {
            if (convert && value == (byte)'\n')
            {
                fed.Add((byte)'\r');
            }

            fed.Add(value);
        }

        if (fed.Count < 2 || fed[^2] != '\r' || fed[^1] != '\n')
        {
            fed.AddRange("\r\n"u8);
        }

        return [.. fed];
    }
}
