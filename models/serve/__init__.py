"""The local API: an OpenAI-compatible server on loopback, for programs the person trusts with a token.

It knows HTTP and JSON; pictures, sound and questions go to the same core as the tray's. Starlette and uvicorn
(extra `serve`) are imported only by what starts a server.
"""
