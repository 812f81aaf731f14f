using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Lmtp.Tests.Unit.StandIns.BouncyCastle;

/// <summary>The numbers of RFC 7748 sections 5.2 and 6.1.</summary>
public sealed class X25519Tests
{
    [Theory]
    [InlineData(
        "A546E36BF0527C9D3B16154B82465EDD62144C0AC1FC5A18506A2244BA449AC4",
        "E6DB6867583030DB3594C1A424B15F7C726624EC26B3353B10A903A6D0AB1C4C",
        "C3DA55379DE9C6908E94EA4DF28D084F32ECCF03491C71F754B4075577A28552")]
    [InlineData(
        "4B66E9D4D1B4673C5AD22691957D6AF5C11B6421E0EA01D42CA4169E7918BA0D",
        "E5210F12786811D3F4B7959D0538AE2C31DBE7106FC03C3EFC4CD549C715A493",
        "95CBDE9476E8907D7AADE45CB4B873F88B595A68799FA152E6F8F7647AAC7957")]
    public void Scalar_times_point_is_as_published(string scalar, string point, string product)
    {
        var result = new byte[X25519.PointSize];

        X25519.ScalarMult(Convert.FromHexString(scalar), Convert.FromHexString(point), result);

        Assert.Equal(product, Convert.ToHexString(result));
    }

    [Theory]
    [InlineData(1, "422C8E7A6227D7BCA1350B3E2BB7279F7897B87BB6854B783C60E80311AE3079")]
    [InlineData(1000, "684CF59BA83309552800EF566F2F4D3C1C3887C49360E3875F2EB94D99532C51")]
    public void Repeated_products_are_as_published(int count, string expected)
    {
        var scalar = new byte[X25519.ScalarSize];
        scalar[0] = 9;
        var point = (byte[])scalar.Clone();
        for (var index = 0; index < count; index++)
        {
            var product = new byte[X25519.PointSize];
            X25519.ScalarMult(scalar, point, product);
            (point, scalar) = (scalar, product);
        }

        Assert.Equal(expected, Convert.ToHexString(scalar));
    }

    [Fact]
    public void Both_sides_agree_on_one_secret()
    {
        var ann = Convert.FromHexString("77076D0A7318A57D3C16C17251B26645DF4C2F92EBC099AC2AF0F5E0E2F6D1A9");
        var bob = Convert.FromHexString("5DAB087E624A8A4B79E17F8B83800EE66F3BB1292618B6FD1C2F8B27FF88E0EB");
        var (annPublic, bobPublic, first, second) = (new byte[32], new byte[32], new byte[32], new byte[32]);
        X25519.GeneratePublicKey(ann, annPublic);
        X25519.GeneratePublicKey(bob, bobPublic);

        Assert.True(X25519.CalculateAgreement(ann, bobPublic, first));
        Assert.True(X25519.CalculateAgreement(bob, annPublic, second));

        Assert.Equal(first, second);
        Assert.Equal("DE9EDB7D7B7DC1B4D35B61C2ECE435373F8343C85B78674DADFC7E146F882B4F", Convert.ToHexString(bobPublic));
    }

    [Fact]
    public void Point_of_low_order_gives_no_secret() =>
        Assert.False(X25519.CalculateAgreement(new byte[32], new byte[32], new byte[32]));
}
