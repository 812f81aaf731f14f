using System.Text;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Security;
using Microsoft.Extensions.Options;

namespace Lmtp.Tests.Unit.Protocol;

public sealed class ScramTests
{
    // The exchange that RFC 7677 section 3 prints.
    private const string ClientNonce = "rOprNGfwEbeRWgbNEkqO";
    private const string ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private const string Salt = "W22ZaJ0SNY7soEsUEjb6gQ==";

    [Fact]
    public void Exchange_of_the_rfc_succeeds()
    {
        var mechanism = new ScramMechanism(Accounts("pencil"), () => ServerNonce);

        var first = mechanism.Respond(Encoding.UTF8.GetBytes($"n,,n=user,r={ClientNonce}"));
        var second = mechanism.Respond(Encoding.UTF8.GetBytes(
            $"c=biws,r={ClientNonce}{ServerNonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        var third = mechanism.Respond([]);

        Assert.Equal($"r={ClientNonce}{ServerNonce},s={Salt},i=4096", Encoding.UTF8.GetString(first.Challenge!));
        Assert.Equal("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Encoding.UTF8.GetString(second.Challenge!));
        Assert.Equal("user", third.Account);
    }

    [Fact]
    public void Wrong_proof_fails()
    {
        var mechanism = new ScramMechanism(Accounts("Pencil"), () => ServerNonce);
        mechanism.Respond(Encoding.UTF8.GetBytes($"n,,n=user,r={ClientNonce}"));

        var step = mechanism.Respond(Encoding.UTF8.GetBytes(
            $"c=biws,r={ClientNonce}{ServerNonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));

        Assert.Equal(SaslStep.Failed, step);
    }

    [Theory]
    [InlineData("c=biwt,r={0},p=AAAA")]
    [InlineData("c=biws,r=other,p=AAAA")]
    [InlineData("c=biws,r={0}")]
    [InlineData("c=biws,r={0},p=!")]
    [InlineData("")]
    public void Malformed_final_message_fails(string format)
    {
        var mechanism = new ScramMechanism(Accounts("pencil"), () => ServerNonce);
        mechanism.Respond(Encoding.UTF8.GetBytes($"n,,n=user,r={ClientNonce}"));

        var step = mechanism.Respond(Encoding.UTF8.GetBytes(format.Replace("{0}", ClientNonce + ServerNonce, StringComparison.Ordinal)));

        Assert.Equal(SaslStep.Failed, step);
    }

    [Fact]
    public void Unknown_account_gets_the_same_salt_each_time_and_never_succeeds()
    {
        var accounts = Accounts("pencil");

        var first = accounts.Find("nobody", out var account);
        var second = accounts.Find("nobody", out _);

        Assert.Null(account);
        Assert.Equal(first.Salt, second.Salt);
        Assert.NotEqual(first.Salt, accounts.Find("somebody", out _).Salt);
        Assert.Null(accounts.Check("nobody", "pencil"));
    }

    [Theory]
    [InlineData("J\u00FCrgen", "p\u00E1ss word")]
    [InlineData("Ju\u0308rgen", "pa\u0301ss\u00A0wo\u00ADrd")]
    public void Account_is_the_same_in_whatever_way_it_is_typed(string name, string password)
    {
        var options = new LmtpOptions();
        options.ServiceAccounts.Add(new ServiceAccountOptions { Name = "J\u00FCrgen", Password = "p\u00E1ss word" });
        var accounts = new ServiceAccounts(Options.Create(options));

        Assert.Equal("J\u00FCrgen", accounts.Check(name, password));
        Assert.Null(accounts.Check(name, password + "\u0007"));
        Assert.Null(accounts.Check(name + "\u0007", password));
    }

    [Fact]
    public void Exchange_with_a_name_that_is_typed_in_another_way_succeeds()
    {
        var options = new LmtpOptions();
        options.ServiceAccounts.Add(new ServiceAccountOptions { Name = "us\u00ADer", Password = VerifierOf("pencil") });
        var mechanism = new ScramMechanism(new ServiceAccounts(Options.Create(options)), () => ServerNonce);

        mechanism.Respond(Encoding.UTF8.GetBytes($"n,,n=user,r={ClientNonce}"));
        mechanism.Respond(Encoding.UTF8.GetBytes($"c=biws,r={ClientNonce}{ServerNonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));

        Assert.Equal("us\u00ADer", mechanism.Respond([]).Account);
    }

    [Fact]
    public void Verifier_is_the_same_for_each_way_to_type_the_password() =>
        Assert.Equal(VerifierOf("p\u00E1ss\u00AD\u00A0word"), VerifierOf("pa\u0301ss word"));

    [Fact]
    public void Verifier_round_trips_through_its_text()
    {
        Assert.True(ScramVerifier.TryParse(VerifierOf("pencil"), out var verifier));

        Assert.True(verifier.Matches("pencil"));
        Assert.False(verifier.Matches("pencils"));
    }

    [Theory]
    [InlineData("SCRAM-SHA-256$4095:AAAA$AAAA:AAAA")]
    [InlineData("SCRAM-SHA-256$4096:AAAA$AAAA:AAAA")]
    [InlineData("SCRAM-SHA-256$4096:AAAA")]
    [InlineData("SCRAM-SHA-256$x:AAAA$AAAA:AAAA")]
    [InlineData("SCRAM-SHA-256$4096:?$?:?")]
    public void Bad_verifier_is_not_taken(string text) => Assert.False(ScramVerifier.TryParse(text, out _));

    private static ServiceAccounts Accounts(string password)
    {
        var options = new LmtpOptions();
        options.ServiceAccounts.Add(new ServiceAccountOptions { Name = "user", Password = VerifierOf(password) });
        return new ServiceAccounts(Options.Create(options));
    }

    private static string VerifierOf(string password)
    {
        var verifier = ScramVerifier.Derive(password, Convert.FromBase64String(Salt));
        return $"SCRAM-SHA-256$4096:{Salt}${Convert.ToBase64String(verifier.StoredKey)}:{Convert.ToBase64String(verifier.ServerKey)}";
    }
}
