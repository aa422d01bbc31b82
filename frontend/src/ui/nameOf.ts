interface Person {
  first_name: string
  last_name: string
  email: string
}

/** Returns how a person is called: the name, or the address while there is none. */
export const nameOf = (person: Person): string => `${person.first_name} ${person.last_name}`.trim() || person.email
