using Lmtp.Tests.Unit.StandIns.MimeKit;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Lmtp.Tests.Unit.StandIns.BouncyCastle;

/// <summary>The listing beside this file holds what the official package 2.6.2 shows of the types that the stand-in has.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public void Stand_in_has_no_public_member_that_the_official_package_lacks()
    {
        using var stream = typeof(SurfaceTests).Assembly.GetManifestResourceStream("BouncyCastle.official-surface.txt")!;
        using var reader = new StreamReader(stream);
        var official = reader.ReadToEnd().Split('\n').ToHashSet(StringComparer.Ordinal);

        var ours = typeof(X25519).Assembly.GetExportedTypes().SelectMany(PublicSurface.Describe);

        Assert.DoesNotContain(ours, line => !official.Contains(line));
    }
}
