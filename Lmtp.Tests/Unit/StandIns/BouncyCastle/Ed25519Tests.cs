using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Lmtp.Tests.Unit.StandIns.BouncyCastle;

/// <summary>The signatures of RFC 8032 section 7.1, and what is none.</summary>
public sealed class Ed25519Tests
{
    private const string Key = "3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C";
    private const string Signature =
        "92A009A9F0D4CAB8720E820B5F642540A2B27B5416503F8FB3762223EBDB69DA085AC1E43E15996E458F3613D0F11D8C387B2EAEB4302AEEB00D291612BB0C00";

    [Theory]
    [InlineData(
        "D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A",
        "",
        "E5564300C360AC729086E2CC806E828A84877F1EB8E5D974D873E065224901555FB8821590A33BACC61E39701CF9B46BD25BF5F0595BBE24655141438E7A100B")]
    [InlineData(Key, "72", Signature)]
    [InlineData(
        "FC51CD8E6218A1A38DA47ED00230F0580816ED13BA3303AC5DEB911548908025",
        "AF82",
        "6291D657DEEC24024827E69C3ABE01A30CE548A284743A445E3680D7DB5AC3AC18FF9B538D16F290AE67F760984DC6594A7C15E9716ED28DC027BECEEA1EC40A")]
    public void Published_signature_is_good(string key, string message, string signature) => Assert.True(
        Ed25519.Verify(Convert.FromHexString(signature), Convert.FromHexString(key), Convert.FromHexString(message)));

    [Fact]
    public void Any_changed_bit_makes_the_signature_bad()
    {
        var (key, signature) = (Convert.FromHexString(Key), Convert.FromHexString(Signature));
        for (var bit = 0; bit < signature.Length * 8; bit += 7)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(signature, key, [0x72]));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.False(Ed25519.Verify(signature, key, [0x73]));
    }

    [Fact]
    public void Key_that_is_no_point_or_the_neutral_one_is_bad()
    {
        var neutral = new byte[32];
        neutral[0] = 1;
        var beyond = new byte[32];
        Array.Fill(beyond, (byte)0xFF);

        Assert.False(Ed25519.Verify(new byte[64], neutral, [0x72]));
        Assert.False(Ed25519.Verify(new byte[64], beyond, [0x72]));
    }
}
