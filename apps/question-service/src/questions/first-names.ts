/**
 * First names as they stand for people in questions: authors draw from them, and comparison of texts
 * treats them as interchangeable.
 */
export const firstNames: readonly string[] =
  `Ada Alma Amir Anna Arlo Ben Bianca Boris Bruno Carla Cem Clara
Dana Daniel Dora Elias Elif Emma Erik Eva Farid Felix Fiona Gina Greta Hana Hugo Ida Igor Ines Iris Ivan Jana Jonas
Julia Kai Karim Kira Lara Leo Lina Luca Maja Marco Mia Milan Mina Nadia Nils Nina Noah Nora Olga Omar Oscar Paula
Petra Pia Rafael Rosa Ruben Sara Selma Simon Sofia Tariq Tessa Theo Tina Tom Uma Vera Victor Wanda Yara Yusuf Zoe
Alice Bob Carol David Frank Grace Henry James John Mary Peter Sam Tim Max Jack Lucy Liam Olivia Ethan Maria`.split(
    /\s+/u,
  );
