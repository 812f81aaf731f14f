using System.Text.Json;
using MongoDB.Driver;

namespace Lmtp.Tests.Unit.MongoDriver;

/// <summary>The connection strings of the MongoDB specifications.</summary>
public sealed class ConnectionStringTests
{
    private const string Folder = "spec-tests/mongodb/connection-string";

    public static TheoryData<string> Files() =>
    [
        "invalid-uris.json", "valid-auth.json", "valid-db-with-dotted-name.json", "valid-host_identifiers.json",
        "valid-options.json", "valid-unix_socket-absolute.json", "valid-unix_socket-relative.json", "valid-warnings.json",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Connection_strings_of_the_specification_are_read_or_refused(string file)
    {
        using var spec = JsonDocument.Parse(File.ReadAllText(SharedData.RequireFile($"{Folder}/{file}")));
        var faults = new List<string>();
        var count = 0;
        foreach (var test in spec.RootElement.GetProperty("tests").EnumerateArray())
        {
            var description = test.GetProperty("description").GetString()!;
            count++;
            try
            {
                Check(test);
            }
            catch (Exception exception)
            {
                faults.Add($"{description}: {test.GetProperty("uri").GetString()}: {exception.GetType().Name}: {exception.Message}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{file}: {count} connection strings");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static void Check(JsonElement test)
    {
        var uri = test.GetProperty("uri").GetString()!;
        if (!test.GetProperty("valid").GetBoolean())
        {
            Assert.Throws<MongoConfigurationException>(() => new MongoUrl(uri));
            return;
        }

        if (test.TryGetProperty("warning", out var warning) && warning.GetBoolean())
        {
            // Options with unknown names are left out; values that cannot be read are an error.
            var exception = Record.Exception(() => new MongoUrl(uri));
            Assert.True(exception is null or MongoConfigurationException, exception?.ToString());
            return;
        }

        var url = new MongoUrl(uri);
        CheckHosts(test, url);
        if (test.TryGetProperty("auth", out var auth) && auth.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(Text(auth, "username"), url.Username);
            Assert.Equal(Text(auth, "password"), url.Password);
            Assert.Equal(Text(auth, "db"), url.DatabaseName);
        }

        Assert.Equal(url.Url, new MongoUrl(url.Url).Url);
    }

    private static void CheckHosts(JsonElement test, MongoUrl url)
    {
        if (!test.TryGetProperty("hosts", out var hosts) || hosts.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var servers = url.Servers.ToList();
        Assert.Equal(hosts.GetArrayLength(), servers.Count);
        foreach (var (host, server) in hosts.EnumerateArray().Zip(servers))
        {
            Assert.Equal(Text(host, "host"), server.Host.Trim('[', ']'));
            if (host.GetProperty("port").ValueKind == JsonValueKind.Number)
            {
                Assert.Equal(host.GetProperty("port").GetInt32(), server.Port);
            }
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
