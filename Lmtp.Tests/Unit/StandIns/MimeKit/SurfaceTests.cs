using MimeKit;

namespace Lmtp.Tests.Unit.StandIns.MimeKit;

/// <summary>The listing beside this file holds what the official MimeKit 4.17 shows of the types that the stand-in has.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public void Stand_in_has_no_public_member_that_the_official_package_lacks()
    {
        var listing = Listing().ToList();
        var official = listing.Concat(listing.Select(OnlyReading)).ToHashSet(StringComparer.Ordinal);

        var ours = typeof(MimeMessage).Assembly.GetExportedTypes().SelectMany(PublicSurface.Describe);

        Assert.DoesNotContain(ours, line => !official.Contains(line));
    }

    /// <summary>A property that can be set officially may be one that can only be read here.</summary>
    private static string OnlyReading(string line) => line.Replace(" { get set }", " { get }", StringComparison.Ordinal);

    private static IEnumerable<string> Listing()
    {
        using var stream = typeof(SurfaceTests).Assembly.GetManifestResourceStream("MimeKit.official-surface.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
