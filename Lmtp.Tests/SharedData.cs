namespace Lmtp.Tests;

/// <summary>The folder <c>shared</c> beside the repository: mails, golden results and specification tests, read in place.</summary>
internal static class SharedData
{
    /// <summary>The folder, or null where it is absent.</summary>
    public static string? Root { get; } = Find();

    /// <summary>A file of the folder; the test skips where it is absent.</summary>
    public static string RequireFile(string relative) => Require(relative, File.Exists);

    /// <summary>A directory of the folder; the test skips where it is absent.</summary>
    public static string RequireDirectory(string relative) => Require(relative, Directory.Exists);

    private static string Require(string relative, Func<string, bool> exists)
    {
        var path = Root is null ? null : Path.Combine(Root, relative);
        Assert.SkipUnless(path is not null && exists(path), $"shared/{relative} is not beside the repository.");
        return path!;
    }

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "shared");
            if (File.Exists(Path.Combine(candidate, "DESIGN.md")))
            {
                return candidate;
            }
        }

        return null;
    }
}
