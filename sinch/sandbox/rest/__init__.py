"""Operations 1 to 22 as Sinch answers them: requests, routes, authorisation, responses."""
