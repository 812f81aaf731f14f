using Lmtp.Contracts;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.Api.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace Lmtp.Server.Api.OpenApi;

/// <summary>The OpenAPI 3.1 document of the API.</summary>
internal static class ApiDocumentExtensions
{
    public const string DocumentName = "v1";

    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(DocumentName, static options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(static (document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(static (operation, context, _) =>
            {
                var metadata = context.Description.ActionDescriptor.EndpointMetadata;
                operation.Security = [Requirement(context.Document, ScopeOf(metadata))];
                AddHeaders(operation, metadata);
                return Task.CompletedTask;
            });
        });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Lmtp",
            Version = "1",
            Description = "Users, addresses, mailboxes and messages of an LMTP final-delivery server.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

        // Where it was asked for is where it answers.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[ApiKeyAuthenticationHandler.SchemeName] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = LmtpApiHeaders.ApiKey,
            Description = "An API key with the scope that the operation needs: read, write or admin.",
        };
        document.Security = [Requirement(document)];
    }

    private static OpenApiSecurityRequirement Requirement(OpenApiDocument? document, params List<string> scopes) => new()
    {
        [new OpenApiSecuritySchemeReference(ApiKeyAuthenticationHandler.SchemeName, document)] = scopes,
    };

    private static void AddHeaders(OpenApiOperation operation, IEnumerable<object> metadata)
    {
        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            AddHeader(operation, LmtpApiHeaders.IdempotencyKey, "Under each value it is made once, and answered the same again for 24 hours.");
        }

        if (operation.Responses?.ContainsKey("412") == true)
        {
            AddHeader(operation, "If-Match", "Makes the change only in the state that has this entity tag.");
        }
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    /// <summary>The widest of the scopes that an endpoint asks for, its groups' included.</summary>
    private static string ScopeOf(IEnumerable<object> metadata)
    {
        var needed = metadata.OfType<IAuthorizeData>().Select(authorize => authorize.Policy).ToHashSet();
        return ApiScopes.All.Append(ApiScopes.Portal).Last(needed.Contains);
    }
}
