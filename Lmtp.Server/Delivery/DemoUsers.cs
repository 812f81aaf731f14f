using System.Security.Cryptography;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Lmtp.Server.Delivery;

/// <summary>Makes the demonstration users where that is asked for and there is no user at all.</summary>
internal sealed partial class DemoUsers(
    UserStore users, IOptions<DemoOptions> options, TimeProvider time, ILogger<DemoUsers> logger) : BackgroundService
{
    private const int PasswordBytes = 9;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly (string Address, string Name)[] Users =
        [("alice@example.test", "Alice Example"), ("bob@example.test", "Bob Example")];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Demo)
        {
            return;
        }

        while (true)
        {
            try
            {
                await CreateAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                LogRetry(exception);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (await users.AnyAsync(cancellationToken))
        {
            return;
        }

        var password = options.Value.DemoPassword;
        var generated = string.IsNullOrEmpty(password);
        if (generated)
        {
            // Nobody learns it: a secret has no place in a log, and the API can set another one.
            password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(PasswordBytes));
        }

        foreach (var (address, name) in Users)
        {
            var user = new NewUser
            {
                Username = address[..address.IndexOf('@', StringComparison.Ordinal)],
                Password = password,
                Name = name,
                Address = address,
            };
            await users.CreateAsync(user, cancellationToken);
            LogCreated(address);
        }

        if (generated)
        {
            LogUnknownPassword();
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Created the demonstration user {Address}")]
    private partial void LogCreated(string address);

    [LoggerMessage(2, LogLevel.Information, "The demonstration users have a random password; choose one with Lmtp:DemoPassword before the first start, or set it through the API")]
    private partial void LogUnknownPassword();

    [LoggerMessage(3, LogLevel.Warning, "The demonstration users are not made yet: the database does not answer")]
    private partial void LogRetry(Exception exception);
}
