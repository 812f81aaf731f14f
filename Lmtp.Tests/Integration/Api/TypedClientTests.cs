using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Calls every method of the typed client, and compares what it asks for with what the API offers.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class TypedClientTests(ApiSystem system)
{
    private const string Id = "0123456789abcdef01234567";

    [Fact]
    public async Task Typed_client_covers_every_operation_and_nothing_else()
    {
        var api = await ApiDocument.ReadAsync(system);
        var asked = await RequestsOfEveryMethodAsync();

        var covered = api.Operations.ToDictionary(operation => operation.Id, operation => asked.Where(request => Fits(operation, request)).ToList());

        Assert.Empty(covered.Where(pair => pair.Value.Count == 0).Select(pair => $"no method for {pair.Key}"));
        Assert.Empty(asked.Except(covered.Values.SelectMany(requests => requests)).Select(request => $"no operation for {request}"));
    }

    [Fact]
    public async Task Typed_client_sends_an_idempotency_key_of_its_own_with_every_creation()
    {
        var api = await ApiDocument.ReadAsync(system);
        using var recorder = new Recorder();
        await CallEveryMethodAsync(recorder);

        var creations = api.Operations.Where(operation => operation.HeaderParameters.Contains(LmtpApiHeaders.IdempotencyKey)).ToList();
        var asked = creations.ToDictionary(
            operation => operation.Id,
            operation => recorder.Requests.Select((request, index) => (request, key: recorder.Keys[index])).Where(pair => Fits(operation, pair.request)).ToList());

        Assert.NotEmpty(creations);
        Assert.Empty(asked.Where(pair => pair.Value.Any(request => request.key is null)).Select(pair => $"{pair.Key} goes without a key"));
        var keys = recorder.Keys.OfType<string>().Where(key => key != Id).ToList();
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
    }

    private static bool Fits(ApiOperation operation, string request)
    {
        var path = Regex.Escape(operation.Path).Replace(@"\{", "{", StringComparison.Ordinal);
        return Regex.IsMatch(request, $"^{operation.Method} {Regex.Replace(path, "{[^}]*}", "[^/]+")}/?$", RegexOptions.CultureInvariant)
            && !operation.Path.Split('/').Zip(request.Split(' ')[1].Split('/')).Any(pair => pair.First.StartsWith('{') && IsLiteral(operation, pair.Second));
    }

    /// <summary>Whether a part of a path is a word of another operation rather than a value.</summary>
    private static bool IsLiteral(ApiOperation operation, string part) => part is "order" or "try" or "check" or "find" or "live" or "search" && !operation.Path.EndsWith(part, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> RequestsOfEveryMethodAsync()
    {
        using var recorder = new Recorder();
        await CallEveryMethodAsync(recorder);
        return recorder.Requests;
    }

    private static async Task CallEveryMethodAsync(Recorder recorder)
    {
        using var http = new HttpClient(recorder, disposeHandler: false) { BaseAddress = new Uri("http://localhost/") };
        var client = new LmtpApiClient(http);
        foreach (var method in typeof(LmtpApiClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var before = recorder.Requests.Count;
            var result = method.Invoke(client, [.. method.GetParameters().Select(parameter => Value(parameter.ParameterType, 0))]);
            try
            {
                await CompleteAsync(result!);
            }
            catch (LmtpApiException)
            {
                // The recorder answers nothing.
            }

            Assert.True(recorder.Requests.Count > before, $"{method.Name} asked for nothing");
        }
    }

    private static async Task CompleteAsync(object result)
    {
        if (result is Task task)
        {
            await task;
        }
        else if (result is IAsyncEnumerable<DeliverySummaryResponse> stream)
        {
            await foreach (var _ in stream)
            {
                return;
            }
        }
        else if (result is IAsyncEnumerable<object> others)
        {
            await foreach (var _ in others)
            {
                return;
            }
        }
    }

    /// <summary>Some value of a type; of a record one whose members all have some value.</summary>
    private static object? Value(Type type, int depth)
    {
        const int MaxDepth = 3;
        if (type == typeof(string))
        {
            return Id;
        }

        if (type == typeof(CancellationToken))
        {
            return TestContext.Current.CancellationToken;
        }

        if (type == typeof(Stream))
        {
            return new MemoryStream();
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return null;
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return Array.CreateInstance(type.GetGenericArguments()[0], 0);
        }

        if (depth == MaxDepth)
        {
            return null;
        }

        var constructor = type.GetConstructors().OrderBy(candidate => candidate.GetParameters().Length).FirstOrDefault();
        if (constructor is null)
        {
            return null;
        }

        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.GetValue(made) is null or "" && property.PropertyType.Namespace != "System.Text.Json"))
        {
            property.SetValue(made, Nullable.GetUnderlyingType(property.PropertyType) is null ? Value(property.PropertyType, depth + 1) : null);
        }

        return made;
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        /// <summary>The idempotency key of each request; null where there is none.</summary>
        public List<string?> Keys { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            Keys.Add(request.Headers.TryGetValues(LmtpApiHeaders.IdempotencyKey, out var keys) ? keys.Single() : null);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotImplemented));
        }
    }
}
