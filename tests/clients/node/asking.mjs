// Who asks, and what a client says where it is refused.

export const TENANT = "contoso.onmicrosoft.com";
export const CLIENT = "22222222-2222-4222-8222-222222222222";
export const SECRET = "mock-secret";

export async function refusalOf(act) {
  try {
    await act();
  } catch (refused) {
    return describe(refused);
  }
  throw new Error("it was not refused");
}

// graph-client v3 keeps the service's code in `code`, the Kiota-made SDK its whole error in `errorEscaped`.
function describe({ statusCode, responseStatusCode, code, errorEscaped, message }) {
  return { status: statusCode ?? responseStatusCode, code: code ?? errorEscaped?.code, message };
}
