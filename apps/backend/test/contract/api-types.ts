/** Made by `npx pnpm@12 api:docs` from the OpenAPI document; a test fails where it is out of date. */

export interface paths {
    "/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register and log in
         * @description The password is compared with common ones and with the name and the address. An address that is registered already is told.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        /** @description 15 to 128 characters, and no common password */
                        password: string;
                        displayName?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Login"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description In conflict with the state of the resource */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "email_taken";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description An unknown address and a wrong password get the same answer. After a few of either the next attempt must wait, twice as long each time, as Retry-After says.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        password: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Login"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "invalid_credentials";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description Each refresh token is good once. Sent again within moments while its successor is unused, as after a lost answer, it gives the same successor; later, a spent one that comes back ends its login.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        refreshToken: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Tokens"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "invalid_refresh_token";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the login that a refresh token belongs to
         * @description Its access tokens end with it, at once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        refreshToken: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all logins of the user
         * @description Their access tokens end with them, at once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The user */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete the user
         * @description Needs a login of the last minutes: else 401 login_not_fresh, and a new login first. Removes the address, name, password, logins, results, and sessions without a response. What stays, for calibrating questions: sessions with responses, without a user, under new ids, with times moved to the start of their day.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "login_not_fresh" | "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change the display name
         * @description The e-mail address cannot be changed: nothing here could prove the new one.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        displayName: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Ends every login of the user, this one too, with their access tokens, and answers with a new one. Wrong passwords count as failed logins.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        currentPassword: string;
                        /** @description 15 to 128 characters, and no common password */
                        newPassword: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Login"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "wrong_password";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            sessions: components["schemas"]["TestSessionOfHistory"][];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unknown_cursor" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        /** Start a test session */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        mode: "fixed" | "adaptive";
                        itemsMax?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StartedTestSession"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description In conflict with the state of the resource */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "active_session_exists" | "retake_too_early";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "no_questions_available" | "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-sessions/active": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The test session in progress */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestSession"];
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A test session with its progress */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestSession"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "validation_failed" | "bad_request";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Address too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "uri_too_long";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-sessions/{sessionId}/current-question": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The question that waits for an answer */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            question: components["schemas"]["Question"];
                            position: number;
                            progress: {
                                itemsAnswered: number;
                                itemsMax: number;
                            };
                        };
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "validation_failed" | "bad_request";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description In conflict with the state of the resource */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_finished" | "test_session_expired";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Address too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "uri_too_long";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-sessions/{sessionId}/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer the current question
         * @description Sent twice, an answer counts once and both requests get the same reply.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        questionId: string;
                        optionIndex: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnswerReceipt"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "option_out_of_range" | "malformed_body" | "validation_failed" | "bad_request";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description In conflict with the state of the resource */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_finished" | "test_session_expired" | "question_not_current" | "question_already_answered";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Address too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "uri_too_long";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "rate_limited";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-sessions/{sessionId}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a test session up */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestSession"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed" | "bad_request";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description In conflict with the state of the resource */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_finished";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Address too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "uri_too_long";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-sessions/{sessionId}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The score of a completed test session */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    sessionId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestResult"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "validation_failed" | "bad_request";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "test_session_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description In conflict with the state of the resource */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "result_not_ready";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Address too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "uri_too_long";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/generation-runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A generation run, with what each stage of the pipeline lost */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GenerationRun"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "validation_failed" | "bad_request";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "generation_run_not_found" | "route_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Address too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "uri_too_long";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        /**
         * Report a generation run
         * @description Idempotent: a report can be sent again. A later one replaces the one before; one that is older than what is known changes nothing. The reply is what is known now.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RunSummaryInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GenerationRun"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GenerationRun"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "malformed_body" | "validation_failed" | "bad_request";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "route_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Body too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "body_too_large";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Address too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "uri_too_long";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Content type not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unsupported_media_type";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/generation-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Generation runs, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    state?: "succeeded" | "partial" | "failed" | "interrupted";
                    from?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            generationRuns: components["schemas"]["GenerationRun"][];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unknown_cursor" | "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "route_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/generation-runs/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the generation runs of a window did together
         * @description Of runs that started in it: the last 30 days by default, 366 days at most.
         */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GenerationRunStats"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "route_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Active questions by type and difficulty level, against their target */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Inventory"];
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "route_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/calibrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calibrations of the bank, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            calibrations: components["schemas"]["Calibration"][];
                        };
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "validation_failed";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not authenticated */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "unauthorized";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "route_not_found";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Unexpected error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "internal_error";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
                /** @description Not available at the moment */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"] & ({
                            /** @enum {string} */
                            code: "service_unavailable";
                        } & {
                            [key: string]: unknown;
                        });
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Login: {
            /** @constant */
            tokenType: "Bearer";
            accessToken: string;
            /** Format: date-time */
            accessTokenExpiresAt: string;
            refreshToken: string;
            /** Format: date-time */
            refreshTokenExpiresAt: string;
            user: components["schemas"]["User"];
        };
        User: {
            /** Format: uuid */
            id: string;
            email: string;
            displayName: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        Problem: {
            /** Format: uri */
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "bad_request" | "malformed_body" | "request_aborted" | "validation_failed" | "unknown_cursor" | "option_out_of_range" | "unauthorized" | "invalid_credentials" | "invalid_refresh_token" | "login_not_fresh" | "wrong_password" | "route_not_found" | "test_session_not_found" | "generation_run_not_found" | "method_not_allowed" | "request_timeout" | "email_taken" | "active_session_exists" | "retake_too_early" | "test_session_finished" | "test_session_expired" | "question_not_current" | "question_already_answered" | "result_not_ready" | "body_too_large" | "uri_too_long" | "unsupported_media_type" | "rate_limited" | "headers_too_large" | "internal_error" | "service_unavailable" | "no_questions_available";
            detail?: string;
            errors?: {
                path: string;
                message: string;
            }[];
            instance: string;
            traceId: string | null;
            requestId: string;
        } & {
            [key: string]: string;
        };
        Tokens: {
            /** @constant */
            tokenType: "Bearer";
            accessToken: string;
            /** Format: date-time */
            accessTokenExpiresAt: string;
            refreshToken: string;
            /** Format: date-time */
            refreshTokenExpiresAt: string;
        };
        StartedTestSession: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            mode: "fixed" | "adaptive";
            /** @enum {string} */
            status: "active" | "completed" | "abandoned";
            progress: {
                itemsAnswered: number;
                itemsMax: number;
            };
            stopReason: ("standard_error_reached" | "items_max_reached" | "items_exhausted" | "form_completed" | "abandoned" | "time_limit_reached") | null;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            expiresAt: string;
            finishedAt: string | null;
            next: components["schemas"]["Question"];
        };
        Question: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "pattern" | "logic" | "spatial" | "math" | "verbal" | "memory";
            stimulus: string | null;
            content: string;
            options: string[];
        };
        TestSessionOfHistory: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            mode: "fixed" | "adaptive";
            /** @enum {string} */
            status: "active" | "completed" | "abandoned";
            progress: {
                itemsAnswered: number;
                itemsMax: number;
            };
            stopReason: ("standard_error_reached" | "items_max_reached" | "items_exhausted" | "form_completed" | "abandoned" | "time_limit_reached") | null;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            expiresAt: string;
            finishedAt: string | null;
            scaledScore: number | null;
        };
        TestSession: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            mode: "fixed" | "adaptive";
            /** @enum {string} */
            status: "active" | "completed" | "abandoned";
            progress: {
                itemsAnswered: number;
                itemsMax: number;
            };
            stopReason: ("standard_error_reached" | "items_max_reached" | "items_exhausted" | "form_completed" | "abandoned" | "time_limit_reached") | null;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            expiresAt: string;
            finishedAt: string | null;
        };
        AnswerReceipt: {
            done: boolean;
            progress: {
                itemsAnswered: number;
                itemsMax: number;
            };
            next?: components["schemas"]["Question"];
        };
        TestResult: {
            /** Format: uuid */
            sessionId: string;
            scaledScore: number;
            interval: {
                lower: number;
                upper: number;
                /** @constant */
                level: 0.95;
            };
            percentile: number;
            theta: number;
            standardError: number;
            itemsAnswered: number;
            itemsCorrect: number;
            /** @enum {string} */
            stopReason: "standard_error_reached" | "items_max_reached" | "items_exhausted" | "form_completed";
            /** Format: date-time */
            createdAt: string;
        };
        RunSummaryInput: {
            /** Format: uuid */
            runId: string;
            traceId: string | null;
            /** @enum {string} */
            trigger: "cli" | "server" | "schedule";
            /** @enum {string} */
            state: "succeeded" | "partial" | "failed" | "interrupted";
            seed: number;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            completedAt: string;
            durationSeconds: number;
            requested: number;
            generated: number;
            failed: {
                [key: string]: number;
            };
            approved: number;
            rejected: {
                [key: string]: number;
            };
            unjudged: number;
            duplicates: {
                exact: number;
                semantic: number;
            };
            inserted: number;
            insertFailed: {
                [key: string]: number;
            };
            discarded: number;
            byProvider: {
                [key: string]: {
                    requested: number;
                    generated: number;
                    approved: number;
                    inserted: number;
                    failed?: number;
                    handedOver?: number;
                    takenOver?: number;
                };
            };
            byType: {
                [key: string]: {
                    requested: number;
                    generated: number;
                    approved: number;
                    inserted: number;
                };
            };
            byDifficulty: {
                [key: string]: {
                    requested: number;
                    generated: number;
                    approved: number;
                    inserted: number;
                };
            };
            cost: {
                usd: number;
                unpricedCalls: number;
                byModel: {
                    provider: string;
                    model: string;
                    calls: number;
                    inputTokens: number;
                    outputTokens: number;
                    costUsd: number;
                }[];
            };
            errors: {
                byCategory: {
                    [key: string]: number;
                };
                bySeverity: {
                    [key: string]: number;
                };
            };
            retries: number;
            fallbacks?: number;
            breakerTrips: number;
            stages: {
                generation: {
                    seconds: number;
                };
                evaluation: {
                    seconds: number;
                };
                deduplication: {
                    seconds: number;
                };
                storage: {
                    seconds: number;
                };
            };
        };
        GenerationRun: {
            /** Format: uuid */
            runId: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            updatedAt: string;
            stages: components["schemas"]["StageLosses"][];
            summary: components["schemas"]["RunSummary"];
        };
        StageLosses: {
            /** @enum {string} */
            stage: "generation" | "evaluation" | "deduplication" | "storage";
            entered: number;
            passed: number;
            lost: {
                [key: string]: number;
            };
            seconds: number;
        };
        RunSummary: {
            /** Format: uuid */
            runId: string;
            traceId: string | null;
            /** @enum {string} */
            trigger: "cli" | "server" | "schedule";
            /** @enum {string} */
            state: "succeeded" | "partial" | "failed" | "interrupted";
            seed: number;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            completedAt: string;
            durationSeconds: number;
            requested: number;
            generated: number;
            failed: {
                [key: string]: number;
            };
            approved: number;
            rejected: {
                [key: string]: number;
            };
            unjudged: number;
            duplicates: {
                exact: number;
                semantic: number;
            };
            inserted: number;
            insertFailed: {
                [key: string]: number;
            };
            discarded: number;
            byProvider: {
                [key: string]: {
                    requested: number;
                    generated: number;
                    approved: number;
                    inserted: number;
                    failed?: number;
                    handedOver?: number;
                    takenOver?: number;
                };
            };
            byType: {
                [key: string]: {
                    requested: number;
                    generated: number;
                    approved: number;
                    inserted: number;
                };
            };
            byDifficulty: {
                [key: string]: {
                    requested: number;
                    generated: number;
                    approved: number;
                    inserted: number;
                };
            };
            cost: {
                usd: number;
                unpricedCalls: number;
                byModel: {
                    provider: string;
                    model: string;
                    calls: number;
                    inputTokens: number;
                    outputTokens: number;
                    costUsd: number;
                }[];
            };
            errors: {
                byCategory: {
                    [key: string]: number;
                };
                bySeverity: {
                    [key: string]: number;
                };
            };
            retries: number;
            fallbacks?: number;
            breakerTrips: number;
            stages: {
                generation: {
                    seconds: number;
                };
                evaluation: {
                    seconds: number;
                };
                deduplication: {
                    seconds: number;
                };
                storage: {
                    seconds: number;
                };
            };
        };
        GenerationRunStats: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            runs: number;
            byState: {
                succeeded: number;
                partial: number;
                failed: number;
                interrupted: number;
            };
            successRate: number | null;
            requested: number;
            generated: number;
            approved: number;
            inserted: number;
            costUsd: number;
            unpricedCalls: number;
            stages: components["schemas"]["StageLosses"][];
            byDay: {
                /** Format: date */
                day: string;
                runs: number;
                succeeded: number;
                requested: number;
                inserted: number;
                costUsd: number;
            }[];
        };
        Inventory: {
            active: number;
            deficit: number;
            /** @enum {string} */
            level: "empty" | "low" | "short" | "enough";
            strata: {
                /** @enum {string} */
                type: "pattern" | "logic" | "spatial" | "math" | "verbal" | "memory";
                /** @enum {string} */
                difficultyLevel: "easy" | "medium" | "hard";
                active: number;
                target: number;
                deficit: number;
                /** @enum {string} */
                level: "empty" | "low" | "short" | "enough";
            }[];
        };
        Calibration: {
            version: number;
            /** Format: date-time */
            createdAt: string;
            items: number;
            takers: number;
            responses: number;
            logLikelihood: number;
            link: {
                slope: number;
                intercept: number;
                anchorIds: string[];
                driftedIds: string[];
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
