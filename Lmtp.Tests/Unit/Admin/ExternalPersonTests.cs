using System.Security.Claims;
using Lmtp.Admin.Accounts.External;

namespace Lmtp.Tests.Unit.Admin;

public sealed class ExternalPersonTests
{
    private static readonly DateTimeOffset End = DateTimeOffset.UnixEpoch.AddDays(10_000);

    private static readonly ExternalSignInOptions Options = new() { Scheme = "company", Admin = ["boss"], ReadOnly = ["guest"] };

    [Fact]
    public void Session_ends_at_its_time_and_not_before()
    {
        var person = ExternalPerson.From(Vouched(("preferred_username", "ann"), ("roles", "boss")), Options, End)!;

        Assert.True(ExternalPerson.Is(person));
        Assert.True(ExternalPerson.IsStillIn(person, End.AddSeconds(-1)));
        Assert.False(ExternalPerson.IsStillIn(person, End));
    }

    [Fact]
    public void Strongest_of_several_roles_counts() =>
        Assert.Equal("Admin", ExternalPerson.From(Vouched(("preferred_username", "ann"), ("roles", "guest"), ("roles", "boss")), Options, End)!.FindFirstValue(ClaimTypes.Role));

    [Fact]
    public void Name_is_kept_apart_from_accounts_of_the_portal_and_short()
    {
        var person = ExternalPerson.From(Vouched(("preferred_username", new string('a', 100)), ("roles", "guest")), Options, End)!;

        Assert.Equal($"company:{new string('a', 64)}", person.Identity!.Name);
    }

    [Fact]
    public void Claims_of_the_provider_do_not_come_along()
    {
        var person = ExternalPerson.From(
            Vouched(("preferred_username", "ann"), ("roles", "guest"), (ClaimTypes.Role, "Admin"), ("lmtp:session-end", "99999999999")), Options, End)!;

        Assert.Equal("ReadOnly", Assert.Single(person.FindAll(ClaimTypes.Role)).Value);
        Assert.False(ExternalPerson.IsStillIn(person, End));
    }

    private static ClaimsPrincipal Vouched(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), "company"));
}
