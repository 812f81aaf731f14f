using Lmtp.Server.Storage;

namespace Lmtp.Tests.Unit.Storage;

public sealed class PasswordHashTests
{
    private const string MadeByWildDuck =
        "$pbkdf2-sha256$i=100000$u0jJUqf/CgfO+JDFFvOt8w$0GZEeGkxSLBwi0tsdxj8gLNZCEWkilN4aSypzbA602A";

    [Fact]
    public void Hash_of_WildDuck_is_verified() => Assert.True(PasswordHash.Verify("secretpass", MadeByWildDuck));

    [Fact]
    public void Wrong_password_is_refused() => Assert.False(PasswordHash.Verify("secretpasS", MadeByWildDuck));

    [Fact]
    public void New_hash_has_the_same_form_and_verifies()
    {
        var hash = PasswordHash.Create("päss");
        Assert.Matches(@"^\$pbkdf2-sha256\$i=100000\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", hash);
        Assert.True(PasswordHash.Verify("päss", hash));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secretpass")]
    [InlineData("$pbkdf2-sha256$i=0$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha256$i=4000000000$AAAA$AAAA")]
    [InlineData("$pbkdf2-md5$i=1000$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha256$i=1000$A!A$AAAA")]
    [InlineData("$pbkdf2-sha256$i=1000$AAAA$")]
    public void Hash_of_another_form_is_refused(string hash) => Assert.False(PasswordHash.Verify("secretpass", hash));
}
