namespace Lmtp.Tests;

/// <summary>Finds the repository that the tests were built from, and what its projects were built to.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Assembly(string project) =>
        Path.Combine(Root, project, "bin", Configuration, "net10.0", $"{project}.dll");

    private static string Configuration =>
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Release"
            : "Debug";

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Lmtp.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException("Lmtp.sln was not found above the test assembly.");
    }
}
